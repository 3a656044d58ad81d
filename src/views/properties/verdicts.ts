import { type Gathering, gatheredByRun } from '../../worker/gathering.ts';
import type { Scene } from '../../machine/decode.ts';
import { fieldOf, readField } from '../../program/layout.ts';
import { PROPERTIES, type Property } from '../../properties/properties.ts';
import type { StepRecord } from '../../worker/moment-messages.ts';
import type { Opened } from '../../worker/protocol.ts';
import { triedIn } from './exercised.ts';

/** What one property's violation was: the step that showed it and why. */
export interface Failure {
  readonly step: StepRecord;
  /** The reasons that this step gave; often one. */
  readonly reasons: readonly string[];
}

/** `untried`: nothing has happened that could break it. `pending`: can only be judged at the end. `skipped`: nobody judges it in this world. */
export type Result = 'holds' | 'untried' | 'fails' | 'warns' | 'pending' | 'skipped';

export interface Verdict {
  readonly property: Property;
  readonly result: Result;
  /** The first failure; null unless it fails or warns. */
  readonly failure: Failure | null;
}

export interface Judging {
  readonly records: readonly StepRecord[];
  readonly cursor: number;
  /** All is done: what can only be judged then has been. */
  readonly ended: boolean;
  /** Real processes: which of their frames leak is not judged. */
  readonly wholeTableSteps: boolean;
}

/** Each property at the cursor: the steps before it decide, the later ones do not count. */
export function verdicts(judging: Judging): readonly Verdict[] {
  const failures = firstFailures(judging);
  const tried = triedIn(judging.records);
  return PROPERTIES.map((property): Verdict => {
    const failure = failures.get(property.id) ?? null;
    const isTried = (tried.get(property.id) ?? Infinity) <= judging.cursor;
    const result = resultOf(property, failure, judging);
    return { property, result: result === 'holds' && !isTried ? 'untried' : result, failure };
  });
}

function resultOf({ id, judged, severity }: Property, failure: Failure | null, judging: Judging): Result {
  if (failure !== null) return severity === 'warning' ? 'warns' : 'fails';
  if (judging.wholeTableSteps && id === 'no-leak') return 'skipped';
  return judged === 'end' && !judging.ended ? 'pending' : 'holds';
}

function firstFailures({ records, cursor }: Judging): ReadonlyMap<string, Failure> {
  const failures = new Map<string, Failure>();
  for (const [property, { taken, failure }] of failuresOf(records))
    if (taken <= cursor) failures.set(property, failure);
  return failures;
}

/** The first failure of a property, and how many steps were taken when it had come about. */
interface FirstFailure {
  readonly taken: number;
  readonly failure: Failure;
}

type FirstFailures = ReadonlyMap<string, FirstFailure>;

const NONE: FirstFailures = new Map();

/** Kept for each run: the cursor moves much oftener than steps are added. */
const failuresOf = gatheredByRun(gatherFailures, NONE);

function gatherFailures(): Gathering<StepRecord, FirstFailures> {
  let failures = NONE;
  let taken = 0;
  return {
    add(step) {
      taken += 1;
      for (const { property } of step.violations) {
        if (failures.has(property)) continue;
        const reasons = step.violations.filter((v) => v.property === property).map(({ why }) => why);
        const failure = { step, reasons: [...new Set(reasons)] };
        failures = new Map([...failures, [property, { taken, failure }]]);
      }
    },
    read: () => failures,
  };
}

/** Every thread is at its regular end and RCU has nothing left to do: only then the last properties are judged. */
export function runEnded(
  { layout, words }: Scene,
  { actors, programs }: Pick<Opened, 'actors' | 'programs'>,
): boolean {
  const pc = (actor: number): number => readField(layout, words, programs[actor]?.pcField ?? '');
  const isAtEnd = (actor: number): boolean => pc(actor) === (programs[actor]?.lineOf.length ?? 0) - 2;
  const empty = (name: string): boolean => {
    const { offset, cols } = fieldOf(layout, name);
    return words.subarray(offset, offset + cols).every((word) => word === 0);
  };
  return actors.every(({ kind }, actor) => {
    if (kind === 'thread') return isAtEnd(actor);
    if (kind !== 'rcu') return true;
    return pc(actor) === 0 && empty('rcu.batch_callback') && empty('rcu.table_callback');
  });
}
