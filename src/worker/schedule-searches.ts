import type { SearchedAgain } from '../reports/reduction-words.ts';
import type { PropertyVerdict, Shortest } from './search-protocol.ts';

/** What a schedule may not be, although it was asked for. */
export type Lacks = Pick<PropertyVerdict, 'notFewest' | 'notShortest'>;

/** The searches for other schedules, of a schedule as their caller keeps it. */
export interface ScheduleSearches<T> {
  /** With the fewest switches; null where the bounds leave no time for that. */
  readonly fewest: (properties: readonly string[]) => Promise<ReadonlyMap<string, T> | null>;
  /** As short as there can be, without reductions; without those that the bounds leave no time for. */
  readonly again: (properties: readonly string[]) => Promise<FoundAgain<T>>;
  /** Whether no more is to be searched. */
  readonly isStopped: () => boolean;
}

export interface FoundAgain<T> extends SearchedAgain {
  readonly schedules: ReadonlyMap<string, T>;
}

export interface FoundSchedules<T> {
  /** To stand in place of those of the search. */
  readonly schedules: ReadonlyMap<string, T>;
  /** What these may not be, and what those of the search may not be that stay. */
  readonly taken: Lacks;
  readonly left: Lacks;
  /** The search without reductions that they are from, if there was one. */
  readonly again: SearchedAgain | null;
}

/**
 * Schedules for what a search found broken, where its own are not those asked for: first with the fewest switches, if wanted; else, or where those are
 * not found, as short as there can be, if it was searched with reductions.
 */
export async function findSchedules<T>(
  failing: readonly string[],
  { shortest, reduce }: { readonly shortest: Shortest; readonly reduce: boolean },
  searches: ScheduleSearches<T>,
): Promise<FoundSchedules<T>> {
  const none: FoundSchedules<T> = { schedules: new Map(), taken: {}, left: {}, again: null };
  if (failing.length === 0) return none;
  if (shortest === 'switches' && !searches.isStopped()) {
    const schedules = await searches.fewest(failing);
    if (schedules !== null) return { ...none, schedules };
  }
  const taken: Lacks = shortest === 'switches' ? { notFewest: true } : {};
  if (!reduce) return { ...none, left: taken };
  const left: Lacks = { ...taken, notShortest: true };
  if (searches.isStopped()) return { ...none, left };
  const { schedules, states, depth } = await searches.again(failing);
  return { schedules, taken, left, again: { states, depth } };
}
