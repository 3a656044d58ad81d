import type { Design } from '../kernel/design.ts';

/** A version of the design, and which of its choices are made otherwise. */
export interface NamedDesign {
  readonly version: string;
  readonly overrides: Partial<Design>;
}

/** The choices that are made otherwise, each as the commands take it: `flushLoads=mm-pgd`. */
export function settingsOf(overrides: Partial<Design>): readonly string[] {
  return Object.entries(overrides).map(([choice, value]) => `${choice}=${value}`);
}

/** A design by its name: `repaired`, or `repaired, flushLoads=mm-pgd` where choices were changed. */
export function designName({ version, overrides }: NamedDesign): string {
  return [version, ...settingsOf(overrides)].join(', ');
}
