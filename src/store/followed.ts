import type { StepRecord } from '../worker/moment-messages.ts';
import type { Source } from '../worker/protocol.ts';
import type { Subject } from '../worker/search-protocol.ts';
import type { Counterexample } from './counterexample.ts';

/**
 * How many first steps of a counterexample are those of the run on screen, from 0 to all of them; null where the run is
 * of another scenario or design. Records are those of the branch that is shown.
 */
export function followedSteps(
  { subject, schedule }: Pick<Counterexample, 'subject' | 'schedule'>,
  source: Source | undefined,
  records: readonly Pick<StepRecord, 'actor' | 'move'>[],
): number | null {
  if (!isOfSubject(subject, source)) return null;
  const left = schedule.findIndex(([actor, move], i) => {
    const record = records[i];
    return record?.actor !== actor || record.move !== move;
  });
  return left < 0 ? schedule.length : left;
}

/** Whether that run is of the scenario and design of a search, in whatever order choices were changed. */
export function isOfSubject(subject: Subject, source: Source | undefined): boolean {
  return (
    source?.kind === 'scenario' &&
    source.version === subject.version &&
    JSON.stringify(source.scenario) === JSON.stringify(subject.scenario) &&
    inOrder(source.overrides) === inOrder(subject.overrides)
  );
}

/** The changed choices as one text, whatever order they were made in. */
function inOrder(overrides: Subject['overrides']): string {
  return JSON.stringify(Object.entries(overrides).sort(([a], [b]) => (a < b ? -1 : 1)));
}
