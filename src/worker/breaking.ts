import type { StepRecord } from './protocol.ts';

/** Whether this step violates a property that the step before it did not: what is broken stays so for a while. */
export function breaksAnew(records: readonly StepRecord[], index: number): boolean {
  const before = records[index - 1]?.violations ?? [];
  const now = records[index]?.violations ?? [];
  return now.some(({ property }) => !before.some((known) => known.property === property));
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
