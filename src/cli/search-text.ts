import type { Findings } from '../explorer/search.ts';
import type { VerdictWord } from '../reports/verdicts.ts';
import type { SearchLimits, SearchOutcome } from './run-engine.ts';

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
  /** Found with reductions, and not found again without them within the bounds: there may be a shorter schedule. */
  readonly notShortest?: boolean;
  /** For `progress` where it holds: only since runs that are out of memory again and again do not count. */
  readonly excused?: boolean;
}

/** All that a search has to tell. */
export interface Searched {
  readonly subject: { readonly design: string; readonly scenario: string; readonly overrides: object };
  readonly rows: readonly Row[];
  readonly outcome: SearchOutcome;
  readonly limits: SearchLimits;
  /** Whether steps that change no verdict were left out of the order. */
  readonly reduced: boolean;
}

/**
 * Below this chance two different states may have been taken for one (64-bit fingerprints). The least of several
 * fingerprints is the same as another least one so many times as often.
 */
function missedChance({ store, text }: Findings): number {
  const { images } = text.symmetry;
  return (store.count ** 2 / 2 ** 65) * (images ** 2 / (2 * images - 1));
}

export function textOfSearch(searched: Searched): string {
  const lines = searched.rows.flatMap(
    ({ property, verdict, steps, switches, labels, cycleStart, excused, notShortest }) => [
      `${verdict.padEnd(11)} ${property}${steps === null ? '' : ` after ${String(steps)} steps, ${String(switches)} switches`}${notShortest === true ? ' (there may be a shorter schedule)' : ''}${excused === true ? ' (runs that are out of memory again and again not counted)' : ''}`,
      ...labels.flatMap((label, i) => [
        ...(i === cycleStart ? ['              -- from here on, again and again'] : []),
        `              ${label}`,
      ]),
    ],
  );
  return `${[...lines, '', bounds(searched), ...symmetryWords(searched), chance(searched)].join('\n')}\n`;
}

function bounds(searched: Searched): string {
  const { rows, outcome, limits, reduced } = searched;
  const { findings, ending, seconds, workers } = outcome;
  const { transitions, depth, store } = findings;
  const counts = `${String(store.count)} states, ${String(transitions)} transitions, depth ${String(depth)}`;
  const how = `${reduced ? 'reduced; ' : ''}${workers === 1 ? 'one core' : `${String(workers)} cores`}; ${seconds.toFixed(1)} s`;
  if (ending === 'all') return `${counts}; exhaustive; ${how}.`;
  const failed = rows.some(({ verdict }) => verdict === 'fails');
  const said = failed ? 'what failed, failed' : `no violation among ${millions(store.count)} states`;
  const bound = ending === 'states' ? `${String(limits.maxStates)} states` : gigabytes(limits.maxBytes);
  return `Stopped at ${bound}: ${said}, depth ${String(Math.max(0, depth - 1))} complete (${counts}; ${how}).`;
}

/** Who stands for whom, and who might have but does not: nothing where all do something else. */
function symmetryWords({ outcome: { findings } }: Searched): readonly string[] {
  const { twins, refused } = findings.text.symmetry;
  return [
    ...twins.map((names) => `${listed(names)} stand for each other.`),
    ...refused.map(
      ({ names, why }) => `${listed(names)} have the same to do, but do not stand for each other: ${why}.`,
    ),
  ];
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function millions(count: number): string {
  return count < 1e6 ? String(count) : `${(count / 1e6).toFixed(1)} M`;
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${String(Math.round(bytes / 1e6))} MB` : `${String(Math.round(bytes / 1e8) / 10)} GB`;
}

function chance({ outcome: { findings } }: Searched): string {
  return `Chance that a state was missed: below ${missedChance(findings).toExponential(1)}. Memory is sequentially consistent.`;
}

export function jsonOfSearch({ subject, rows, outcome, reduced }: Searched): string {
  const { findings, ending, seconds, bytes, workers } = outcome;
  const { transitions, depth, store } = findings;
  const result = {
    ...subject,
    properties: rows,
    states: store.count,
    transitions,
    depth,
    exhaustive: ending === 'all',
    stoppedBy: ending === 'all' ? null : ending,
    reduced,
    symmetry: findings.text.symmetry.twins,
    workers,
    seconds,
    statesPerSecond: Math.round(store.count / seconds),
    bytesPerState: Math.round((bytes / store.count) * 10) / 10,
    missedChance: missedChance(findings),
  };
  return `${JSON.stringify(result)}\n`;
}
