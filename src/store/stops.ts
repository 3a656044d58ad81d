import { create } from 'zustand';
import type { EventKind } from '../worker/events.ts';
import type { Stop } from '../worker/stops.ts';
import { sameSelection, type Selection } from './selection.ts';

type Change = Extract<Stop, { kind: 'change' }>;
type Line = Extract<Stop, { kind: 'line' }>;

/** A stop at any change of something that can be chosen, or of a part of it that its name tells. */
export interface Watch extends Change {
  readonly of: Selection;
}

export function sameWatch(a: Pick<Watch, 'of' | 'name'>, b: Pick<Watch, 'of' | 'name'>): boolean {
  return a.name === b.name && sameSelection(a.of, b.of);
}

/** Where playing and running stop, and what one jumps to. Of one run: another one has other words and lines. */
export interface StopsState {
  readonly watches: readonly Watch[];
  readonly lines: readonly Line[];
  readonly event: EventKind;
}

export const useStops = create<StopsState>(() => ({ watches: [], lines: [], event: 'violation' }));

const { getState: get, setState: set } = useStops;

/** All stops that the reader has set. */
export function stopsSet(): readonly Stop[] {
  const { watches, lines } = get();
  return [...watches, ...lines];
}

export function clearStops(): void {
  set({ watches: [], lines: [] });
}

export function setEvent(event: EventKind): void {
  set({ event });
}

/** Stops at changes of something, or no more. */
export function toggleWatch(watch: Watch): void {
  const others = get().watches.filter((other) => !sameWatch(other, watch));
  set({ watches: others.length < get().watches.length ? others : [...others, watch] });
}

/** Stops where an actor comes to a line of its program, or no more. */
export function toggleLine(actor: number, line: number): void {
  const others = get().lines.filter((stop) => stop.actor !== actor || stop.line !== line);
  const had = others.length < get().lines.length;
  set({ lines: had ? others : [...others, { kind: 'line', actor, line }] });
}
