import type { Progress } from '../explorer/liveness.ts';
import type { Findings } from '../explorer/search.ts';
import type { ActorInfo } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { scheduleTokens, type VerdictWord, verdictsOf } from './verdicts.ts';

/** One cell of the audit: a property of a version in a scenario. */
export interface AuditRow {
  readonly version: string;
  readonly scenario: string;
  readonly property: string;
  readonly verdict: VerdictWord;
  readonly states: number;
  readonly transitions: number;
  /** Distance of the farthest state from the first, in steps. */
  readonly depth: number;
  /** False when the search stopped at its bound: then `holds` speaks of the states that it saw. */
  readonly exhaustive: boolean;
  /** A shortest schedule that breaks the property, as words joined by spaces, where it fails. */
  readonly steps?: number;
  readonly schedule?: string;
  /** For `progress`: the step, from 0, from which the schedule repeats itself for ever. */
  readonly cycleStart?: number;
  /** For `progress` where it holds: some fair run never ends, but each such run is out of memory again and again. */
  readonly excused?: boolean;
  /** For `reached` where it is `not reached`: the moments that were not. */
  readonly missed?: readonly string[];
}

/** Progress takes the whole graph of states; beyond so many it is not judged, by the audit and the page, and the cell says so. */
export const PROGRESS_STATES = 5_000_000;

/** The audit as it is kept: every version in every scenario, and which sources said so. */
export interface AuditFile {
  readonly format: 'limbo-audit';
  readonly version: 1;
  /** SHA-256 of the core's sources. */
  readonly hash: string;
  /** Day of writing, YYYY-MM-DD. */
  readonly written: string;
  readonly rows: readonly AuditRow[];
}

export interface Audited {
  readonly version: string;
  readonly scenario: Scenario;
  readonly actors: readonly ActorInfo[];
  readonly search: Findings;
  readonly exhaustive: boolean;
  readonly progress: Progress;
}

/** The rows of one search. */
export function auditRows({
  version,
  scenario,
  actors,
  search,
  exhaustive,
  progress,
}: Audited): readonly AuditRow[] {
  const { transitions, depth } = search;
  const counts = { states: search.store.count, transitions, depth, exhaustive };
  return verdictsOf(scenario, search, progress).map((found) => {
    const { property, verdict, moves, cycleStart, excused, missed } = found;
    const row = {
      ...{ version, scenario: scenario.id, property, verdict, ...counts },
      ...(excused === true && { excused }),
      ...(missed !== undefined && { missed }),
    };
    if (moves === null) return row;
    const failing = { ...row, steps: moves.length, schedule: scheduleTokens(actors, moves).join(' ') };
    return cycleStart === undefined ? failing : { ...failing, cycleStart };
  });
}

/** A row without what may differ between two right answers: of several shortest schedules, which one was found. */
export function verdictOfRow({ schedule: _, cycleStart: __, ...row }: AuditRow): Omit<AuditRow, 'schedule'> {
  return row;
}

/** Reads the file that `npm run audit` wrote. Throws on text that is not one; its rows are taken as they are. */
export function parseAudit(text: string): AuditFile {
  const file = JSON.parse(text) as Partial<AuditFile> | null;
  if (file?.format !== 'limbo-audit' || file.version !== 1 || !Array.isArray(file.rows))
    throw new Error('it is not an audit of this version of the program');
  return file as AuditFile;
}
