import { create } from 'zustand';
import { remember, remembered } from './memory.ts';

/** The panels that can be put away; the tree stays. */
export const SIDE_PANELS = ['threads', 'tlb', 'memory'] as const;
export type SidePanel = (typeof SIDE_PANELS)[number];

const KEY = 'limbo:hidden-panels';

function rememberedPanels(): readonly SidePanel[] {
  const names = (remembered(KEY) ?? '').split(' ');
  return SIDE_PANELS.filter((panel) => names.includes(panel));
}

export const usePanels = create<{ readonly hidden: readonly SidePanel[] }>(() => ({
  hidden: rememberedPanels(),
}));

/** Puts a panel away or back, and remembers it. */
export function setPanelHidden(panel: SidePanel, isHidden: boolean): void {
  const others = usePanels.getState().hidden.filter((name) => name !== panel);
  const hidden = isHidden ? [...others, panel] : others;
  remember(KEY, hidden.join(' '));
  usePanels.setState({ hidden });
}
