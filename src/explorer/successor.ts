/**
 * How an engine writes successors, one after the other, into its `out`. Threads of a search need no more of the engine's making than this. What
 * stands before the packed words of a successor: its fingerprint, actor * 32 + move, masks of violations and moments.
 */
export const SUCCESSOR = 5;

/** Successors that `out` has room for: few enough to stay in the nearest caches. */
export const OUT_ROOM = 128;
