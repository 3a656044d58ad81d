import type { Row } from '../../store/compare-rows.ts';

/** How far a side could follow the schedule, in a sentence. */
export function followedWords(rows: readonly Row[]): string {
  const leftOut = rows.filter(({ kind }) => kind === 'skipped').length;
  const answers = rows.reduce((sum, row) => sum + row.answers.length, 0);
  const followed =
    leftOut === 0
      ? `All ${steps(rows.length)} are possible here`
      : `${leftOut.toLocaleString('en')} of ${steps(rows.length)} are not possible here and left out`;
  return answers === 0
    ? `${followed}.`
    : `${followed}; ${steps(answers)} of CPUs that answer IPIs are put in.`;
}

function steps(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'step' : 'steps'}`;
}
