/** A search that ended before all was visited. */
export interface StoppedSearch {
  readonly ending: 'states' | 'memory' | 'user' | 'enough';
  readonly bounds: { readonly maxStates: number; readonly maxBytes: number };
  readonly states: number;
  /** Distance of the states that were being expanded from the first, in steps. */
  readonly depth: number;
  readonly isReduced: boolean;
  /** Whether something was broken. */
  readonly failed: boolean;
}

/** Where a search was stopped and what that is worth: `stopped at 2 GB: no violation among 61 M states, depth 48 complete`. */
export function stoppedInWords(search: StoppedSearch): string {
  const { states, failed } = search;
  const found = failed ? 'no violation of another property' : 'no violation';
  return `stopped ${boundInWords(search)}: ${found} among ${statesInWords(states)} states, ${depthInWords(search)}`;
}

function boundInWords({ ending, bounds: { maxStates, maxBytes } }: StoppedSearch): string {
  switch (ending) {
    case 'states':
      return `at ${statesInWords(maxStates)} states`;
    case 'memory':
      return `at ${bytesInWords(maxBytes)}`;
    case 'user':
      return 'by you';
    case 'enough':
      return 'when it had found enough';
  }
}

/** A depth is complete when all states at that distance were expanded: all schedules of so many steps, and what can follow them, were tried. */
function depthInWords({ depth, isReduced }: StoppedSearch): string {
  // Who takes steps alone comes to some states later than at their distance.
  if (isReduced) return 'no depth is said to be complete with reductions';
  return depth === 0 ? 'no depth complete' : `depth ${String(depth - 1)} complete`;
}

/** A number of states: in full below a million, else `61 M`, `1.2 M`. */
function statesInWords(states: number): string {
  return states < 1e6
    ? states.toLocaleString('en')
    : `${(Math.round(states / 1e5) / 10).toLocaleString('en')} M`;
}

/** Bytes in MB of 10^6 or GB of 10^9; one decimal where it is small. */
export function bytesInWords(bytes: number): string {
  if (bytes >= 1e9) return `${String(Math.round(bytes / 1e8) / 10)} GB`;
  return `${bytes < 1e7 ? (bytes / 1e6).toFixed(1) : String(Math.round(bytes / 1e6))} MB`;
}
