/** `npm run exercises -- --kind K --seed N [--key] [--json]`: a sheet of exercises, or its answers. */
import { readFileSync } from 'node:fs';
import { type Exercise, EXERCISE_KINDS, exerciseKind } from '../exercises/exercise.ts';
import { makeExercise } from '../exercises/make.ts';
import type { AuditFile } from '../reports/audit.ts';
import { UsageError } from './say.ts';
import { type Outcome, readOptions, runTool, single, wholeNumber } from './usage.ts';

const USAGE = `Usage: npm run exercises -- --kind KIND [--seed N] [--key] [--json]
KIND: ${EXERCISE_KINDS.join(', ')}. The same kind and seed give the same sheet, here and in the page. --key adds the answers.`;

function auditFile(): AuditFile {
  const text = readFileSync(new URL('../reports/audit.json', import.meta.url), 'utf8');
  return JSON.parse(text) as AuditFile;
}

function sheetText({ title, task, given, questions, kind, seed }: Exercise, key: boolean): string {
  const lines = [title, `Sheet ${kind}, seed ${String(seed)}`, '', task, ''];
  for (const { title: heading, lines: rows } of given)
    lines.push(heading, ...rows.map((row) => `  ${row}`), '');
  questions.forEach(({ ask, answer, why, options }, i) => {
    lines.push(`${String(i + 1)}. ${ask}${options.length > 0 ? ` (${options.join(' / ')})` : ''}`);
    if (key) lines.push(...why.map((reason) => `     ${reason}`), `   = ${answer}`);
  });
  return `${lines.join('\n')}\n`;
}

/** Without the key nothing in the JSON tells the answers. */
function sheetJson(exercise: Exercise, key: boolean): string {
  const questions = exercise.questions.map(({ ask, options, answer, why }) =>
    key ? { ask, options, answer, why } : { ask, options },
  );
  return `${JSON.stringify({ ...exercise, questions }, null, 1)}\n`;
}

function main(argv: readonly string[]): Outcome {
  const options = readOptions(argv, { values: ['kind', 'seed'], flags: ['key', 'json'] });
  const asked = single(options, 'kind', null);
  const kind = exerciseKind(asked);
  if (kind === null) throw new UsageError(`There is no kind "${asked}".`);
  const seed = wholeNumber(single(options, 'seed', '1'), 'seed');
  const exercise = makeExercise(kind, seed, auditFile().rows);
  const key = options.flags.has('key');
  return {
    text: options.flags.has('json') ? sheetJson(exercise, key) : sheetText(exercise, key),
    exitCode: 0,
  };
}

await runTool(USAGE, main);
