import { create } from 'zustand';
import type { PropertyId } from '../properties/properties.ts';

/** The property whose failure is explained above the list of properties; null for none. */
export const useExplained = create<{ readonly property: PropertyId | null }>(() => ({ property: null }));

export function explain(property: PropertyId | null): void {
  useExplained.setState({ property });
}

/** The branch that is being named, by its id; null for none. */
export const useNaming = create<{ readonly branch: number | null }>(() => ({ branch: null }));

export function startNaming(branch: number): void {
  useNaming.setState({ branch });
}

export function endNaming(): void {
  useNaming.setState({ branch: null });
}
