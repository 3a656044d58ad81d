import type { Change } from '../../worker/history.ts';
import type { StepRecord } from '../../worker/moment-messages.ts';

/** A step of an actor, or of another that changed its locals, and what it changed of them. */
export interface ActorStep {
  /** Steps taken once it was made: 1 for the first step. */
  readonly step: number;
  readonly label: string;
  /** Who made it: number of the actor. */
  readonly by: number;
  readonly changed: readonly Change[];
}

interface StepsArgs {
  readonly actor: number;
  readonly records: readonly Pick<StepRecord, 'actor' | 'label'>[];
  /** The moment shown: steps taken. */
  readonly cursor: number;
  /** Changes of the actor's locals, oldest first. */
  readonly changes: readonly Change[];
  /** How many steps are wanted. */
  readonly most: number;
}

/** The latest steps of an actor, the latest first. */
export function stepsOf({ actor, records, cursor, changes, most }: StepsArgs): readonly ActorStep[] {
  const steps: ActorStep[] = [];
  let left = changes.length;
  for (let step = cursor; step > 0 && steps.length < most; step--) {
    const end = left;
    while (left > 0 && (changes[left - 1]?.step ?? 0) >= step) left -= 1;
    const changed = changes.slice(left, end).filter((change) => change.step === step);
    const record = records[step - 1];
    if (record !== undefined && (record.actor === actor || changed.length > 0))
      steps.push({ step, label: record.label, by: record.actor, changed });
  }
  return steps;
}
