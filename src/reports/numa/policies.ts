import type { Placement } from './simulate.ts';

/** What follows a process to its new node. */
export type Policy = 'data' | 'data-and-tables' | 'tables-later' | 'replicated';

export const POLICIES: readonly { readonly id: Policy; readonly title: string }[] = [
  { id: 'data', title: 'data only (Linux)' },
  { id: 'data-and-tables', title: 'data, then tables' },
  { id: 'tables-later', title: 'data; tables later' },
  { id: 'replicated', title: 'tables on every node (Mitosis)' },
];

/** When things happen, in windows of the time shown. */
export const WINDOWS = 40;
export const MOVE_AT = 10;
/** Data are copied one part a window, in the order of addresses; tables when the last part is there, or later. */
export const COPY_WINDOWS = 5;
export const TABLES_AT: Readonly<Record<Policy, number>> = {
  data: Infinity,
  'data-and-tables': MOVE_AT + COPY_WINDOWS,
  'tables-later': MOVE_AT + COPY_WINDOWS + 12,
  replicated: Infinity,
};

/** Where everything is in a window, seen from the CPU that the process is on then. */
export function placementAt(policy: Policy, window: number, pages: number): Placement {
  const hasMoved = window >= MOVE_AT;
  const parts = Math.min(COPY_WINDOWS, Math.max(0, window - MOVE_AT));
  const haveTablesMoved = window >= TABLES_AT[policy];
  const areTablesHere = !hasMoved || haveTablesMoved || policy === 'replicated';
  return {
    movedPages: Math.floor((pages * parts) / COPY_WINDOWS),
    oldPagesAway: hasMoved,
    tables: areTablesHere ? 'here' : 'away',
    spreadData: false,
    tableCopy: haveTablesMoved || (policy === 'replicated' && hasMoved) ? 1 : 0,
  };
}

/** A window begins with empty TLBs when something has just moved: the process, a part of its data, its tables. */
export function isFlushedAt(policy: Policy, window: number): boolean {
  const copies = window >= MOVE_AT && window <= MOVE_AT + COPY_WINDOWS;
  return copies || window === TABLES_AT[policy];
}
