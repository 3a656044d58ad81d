import type { Gathering } from './gathering.ts';
import type { StepRecord } from './moment-messages.ts';

/** Whether this step violates a property that the step before it did not: what is broken stays so for a while. */
export function breaksAnew(records: readonly StepRecord[], index: number): boolean {
  return isNew(records[index]?.violations ?? [], records[index - 1]?.violations ?? []);
}

function isNew(now: StepRecord['violations'], before: StepRecord['violations']): boolean {
  return now.some(({ property }) => !before.some((known) => known.property === property));
}

/** Every step of a run that breaks a property anew, of steps that are given one by one from the first on. */
export function gatherBreaking(): Gathering<StepRecord, readonly StepRecord[]> {
  const found: StepRecord[] = [];
  let before: StepRecord['violations'] = [];
  return {
    add(step) {
      if (isNew(step.violations, before)) found.push(step);
      before = step.violations;
    },
    read: () => [...found],
  };
}

/** Every step that breaks a property anew, from step `from` to before step `to`. */
export function breakingSteps(
  records: readonly StepRecord[],
  from: number,
  to: number,
): readonly StepRecord[] {
  const found: StepRecord[] = [];
  for (let i = from; i < to; i++) {
    const record = records[i];
    if (record !== undefined && breaksAnew(records, i)) found.push(record);
  }
  return found;
}
