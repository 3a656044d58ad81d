import type { StepRecord } from '../../worker/moment-messages.ts';
import type { WorkbenchState } from '../../store/workbench.ts';
import { actorName } from './actor-name.ts';

type Run = Pick<WorkbenchState, 'opened' | 'records' | 'cursor' | 'length' | 'branches' | 'branch'>;

/** A step with the name of its actor: `CPU1 relocate: copy pud[0] …`. */
export function stepInWords({ opened }: Pick<Run, 'opened'>, record: StepRecord): string {
  const violated = record.violations.map(({ why }) => ` Violation: ${why}.`).join('');
  return `${actorName(opened?.actors[record.actor])}: ${record.label}${violated}`;
}

/** Where the run stands: the number of the step, and what it did. */
export function momentInWords(run: Run): string {
  const { opened, records, cursor, length } = run;
  if (opened === null) return '';
  const last = records[cursor - 1];
  if (last === undefined) return `${opened.title}. At the start.`;
  return `Step ${String(cursor)} of ${String(length)}${branchInWords(run)}. ${stepInWords(run, last)}`;
}

/** Nothing where there is but one. */
function branchInWords({ branches, branch }: Run): string {
  const name = branches.find(({ id }) => id === branch)?.name;
  return branches.length < 2 || name === undefined ? '' : ` on ${name}`;
}
