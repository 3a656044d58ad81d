import { missedChance } from '../explorer/missed-chance.ts';
import { isWarning } from '../properties/properties.ts';
import { notableInWords } from '../reports/notable-words.ts';
import { reductionWords, type SearchedAgain, scheduleWords } from '../reports/reduction-words.ts';
import { type SearchedWorld, worldInWords } from '../reports/searched-world.ts';
import { stoppedInWords } from '../reports/stopped-words.ts';
import type { VerdictWord } from '../reports/verdicts.ts';
import type { SearchLimits, SearchOutcome } from './run-engine.ts';

/** One property's verdict, as `search --json` prints it. */
export interface Row {
  readonly property: string;
  /** `holds` means among the states that were visited: whether those are all, `exhaustive` says. */
  readonly verdict: VerdictWord;
  readonly steps: number | null;
  readonly switches: number | null;
  readonly schedule: readonly string[];
  readonly labels: readonly string[];
  /** For `progress`: from this step on, counted from 0, the schedule repeats itself. */
  readonly cycleStart?: number;
  /** Found with reductions, and not found again without them within the bounds: there may be a shorter schedule. */
  readonly notShortest?: boolean;
  /** Fewest switches were asked for, and not found within the bounds. */
  readonly notFewest?: boolean;
  /** For `progress` where it holds: only since runs that are out of memory again and again do not count. */
  readonly excused?: boolean;
  /** For `progress` where it was not checked: not all states were visited, or a bound that the graph of states met. */
  readonly why?: 'search' | 'states' | 'memory' | undefined;
  /** For `reached`: moments that the scenario exists for, and that were not. */
  readonly missed?: readonly string[];
}

/** All that a search has to tell. */
export interface Searched {
  readonly subject: { readonly design: string; readonly scenario: string; readonly overrides: object };
  readonly world: SearchedWorld;
  readonly rows: readonly Row[];
  readonly outcome: SearchOutcome;
  readonly limits: SearchLimits;
  /** The search without reductions that its schedules are from; null: it is this one, or none was needed. */
  readonly again: SearchedAgain | null;
}

export function textOfSearch(searched: Searched): string {
  const isWhole = searched.outcome.ending === 'all';
  const lines = searched.rows.flatMap((row) => [
    `${wordOf(row, isWhole).padEnd(11)} ${row.property}${lengthOf(row)}${remarksOf(row)}`,
    ...row.labels.flatMap((label, i) => [
      ...(i === row.cycleStart ? ['              -- from here on, again and again'] : []),
      `              ${label}`,
    ]),
  ]);
  return `${[...lines, '', subjectWords(searched), bounds(searched), ...reduced(searched), chance(searched)].join('\n')}\n`;
}

/** A search that did not end has proved nothing: there it only broke nothing. */
function wordOf({ property, verdict }: Row, isWhole: boolean): string {
  if (verdict === 'fails' && isWarning(property)) return 'warns';
  return verdict === 'holds' && !isWhole ? (property === 'reached' ? 'reached' : 'not broken') : verdict;
}

function lengthOf({ steps, switches }: Row): string {
  return steps === null ? '' : ` after ${String(steps)} steps, ${String(switches)} switches`;
}

const NOT_CHECKED = {
  search: 'not all states were visited',
  states: 'the graph of states met the bound of states',
  memory: 'the graph of states met the bound of memory',
} as const;

function remarksOf({ notShortest, notFewest, excused, why, missed }: Row): string {
  const remarks = [
    notFewest === true ? 'fewest switches: not found within the bounds' : '',
    notShortest === true ? 'there may be a shorter schedule' : '',
    excused === true ? 'runs that are out of memory again and again not counted' : '',
    why === undefined ? '' : NOT_CHECKED[why],
    missed === undefined ? '' : `never: ${missed.map(notableInWords).join('; ')}`,
  ];
  return remarks.map((remark) => (remark === '' ? '' : ` (${remark})`)).join('');
}

function subjectWords({ subject: { design, scenario, overrides }, world }: Searched): string {
  const settings = Object.entries(overrides).map(([choice, value]) => `${choice}=${String(value)}`);
  return `${scenario} in ${[design, ...settings].join(' ')}: ${worldInWords(world)}.`;
}

function bounds({ rows, outcome, limits }: Searched): string {
  const { findings, ending, seconds, workers } = outcome;
  const { transitions, depth, store, text } = findings;
  const isReduced = text.alone !== null;
  const counts = `${String(store.count)} states, ${String(transitions)} transitions, depth ${String(depth)}`;
  const how = `${isReduced ? 'reduced; ' : ''}${workers === 1 ? 'one core' : `${String(workers)} cores`}; ${seconds.toFixed(1)} s`;
  if (ending === 'all') return `${counts}; exhaustive; ${how}.`;
  const words = stoppedInWords({
    ...{ ending, bounds: limits, states: store.count, depth, isReduced },
    failed: rows.some(({ verdict }) => verdict === 'fails'),
  });
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)} (${counts}; ${how}).`;
}

/** What each reduction did, and where schedules and `progress` are from. */
function reduced({ rows, outcome: { findings }, again }: Searched): readonly string[] {
  const words = reductionWords(findings.text);
  if (words.length === 0) return [];
  const failing = rows.filter(({ steps }) => steps !== null);
  const judged = rows.some(({ property, verdict }) => property === 'progress' && verdict !== 'not checked');
  return [
    ...words,
    scheduleWords({ again, failing }),
    ...(judged ? ['Progress: judged on all states, without reductions.'] : []),
  ];
}

function chanceOf({ store, text }: SearchOutcome['findings']): number {
  return missedChance(store.count, text.symmetry.images);
}

function chance({ outcome: { findings } }: Searched): string {
  return `Chance that a state was missed: below ${chanceOf(findings).toExponential(1)}. Memory is sequentially consistent.`;
}

export function jsonOfSearch({ subject, world, rows, outcome, again }: Searched): string {
  const { findings, ending, seconds, bytes, workers } = outcome;
  const { transitions, depth, store, text } = findings;
  const result = {
    ...subject,
    properties: rows,
    states: store.count,
    transitions,
    depth,
    exhaustive: ending === 'all',
    stoppedBy: ending === 'all' ? null : ending,
    seconds,
    statesPerSecond: Math.round(store.count / seconds),
    bytesPerState: Math.round((bytes / store.count) * 10) / 10,
    world,
    workers,
    missedChance: chanceOf(findings),
    reduced: text.alone !== null,
    stepsAlone: text.alone,
    symmetry: text.symmetry.twins,
    searchedAgain: again,
  };
  return `${JSON.stringify(result)}\n`;
}
