import type { VerdictWord } from '../reports/verdicts.ts';
import type { SearchOutcome } from './run-engine.ts';

/** One property's verdict, as `search --json` prints it. */
export interface Row {
  readonly property: string;
  readonly verdict: VerdictWord;
  readonly steps: number | null;
  readonly switches: number | null;
  readonly schedule: readonly string[];
  readonly labels: readonly string[];
  /** For `progress`: from this step on, counted from 0, the schedule repeats itself. */
  readonly cycleStart?: number;
  /** For `progress` where it holds: only since runs that are out of memory again and again do not count. */
  readonly excused?: boolean;
}

/** All that a search has to tell. */
export interface Searched {
  readonly subject: { readonly design: string; readonly scenario: string; readonly overrides: object };
  readonly rows: readonly Row[];
  readonly outcome: SearchOutcome;
  /** Of the store and the levels at the front. */
  readonly bytes: number;
  readonly maxStates: number;
}

/** Below this chance two different states may have been taken for one (64-bit fingerprints). */
function missedChance(states: number): number {
  return states ** 2 / 2 ** 65;
}

export function textOfSearch(searched: Searched): string {
  const lines = searched.rows.flatMap(
    ({ property, verdict, steps, switches, labels, cycleStart, excused }) => [
      `${verdict.padEnd(11)} ${property}${steps === null ? '' : ` after ${String(steps)} steps, ${String(switches)} switches`}${excused === true ? ' (runs that are out of memory again and again not counted)' : ''}`,
      ...labels.flatMap((label, i) => [
        ...(i === cycleStart ? ['              -- from here on, again and again'] : []),
        `              ${label}`,
      ]),
    ],
  );
  return `${[...lines, '', bounds(searched), chance(searched)].join('\n')}\n`;
}

function bounds({ rows, outcome: { search, exhaustive, seconds }, maxStates }: Searched): string {
  const { transitions, depth, store } = search;
  const counts = `${String(store.count)} states, ${String(transitions)} transitions, depth ${String(depth)}`;
  if (exhaustive) return `${counts}; exhaustive; ${seconds.toFixed(1)} s.`;
  const failed = rows.some(({ verdict }) => verdict === 'fails');
  const said = failed ? 'what failed, failed' : `no violation among ${String(store.count)} states`;
  return `Stopped at ${String(maxStates)} states: ${said}, depth ${String(depth - 1)} complete (${counts}; ${seconds.toFixed(1)} s).`;
}

function chance({ outcome: { search } }: Searched): string {
  return `Chance that a state was missed: below ${missedChance(search.store.count).toExponential(1)}. Memory is sequentially consistent.`;
}

export function jsonOfSearch({ subject, rows, outcome, bytes }: Searched): string {
  const { search, exhaustive, seconds } = outcome;
  const { transitions, depth, store } = search;
  const result = {
    ...subject,
    properties: rows,
    states: store.count,
    transitions,
    depth,
    exhaustive,
    seconds,
    statesPerSecond: Math.round(store.count / seconds),
    bytesPerState: Math.round(bytes / store.count),
    missedChance: missedChance(store.count),
  };
  return `${JSON.stringify(result)}\n`;
}
