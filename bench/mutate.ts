/**
 * `npm run mutate -- [--sample N] [--seed N] [--folder machine|kernel|properties|explorer|program] [--files NAME,...] [--only FILE:LINE,...] [--tests PREFIX,...] [--report FILE]`:
 * changes the model in small ways, one at a time, in a copy of the sources, and runs the fast unit tests on each: a mutant that no test fails on has survived.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRng } from '../src/lib/rng.ts';
import { type Outcome, TestRuns } from './mutant-runs.ts';
import { TestOrder } from './mutant-tests.ts';
import { type Mutation, mutationsOf } from './mutations.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'machine,kernel,properties' },
    files: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    tests: { type: 'string', default: 'src/machine,src/properties,src/scenarios' },
    report: { type: 'string', default: '' },
  },
});
const folders = values.folder.split(',');

/** Whole searches, by test file of `scenarios/`: they would see more, but take minutes a mutant. They run where `--tests` gives one's whole name. */
const SLOW = [
  ...['repaired', 'limbo-repaired', 'random-schedules', 'random-schedules-2', 'further', 'ladder'],
  ...['replicas', 'programs', 'search-agrees', 'search-analysis', 'contract'],
].map((name) => `src/scenarios/${name}.test.ts`);

function copyOfSources(): string {
  const copy = mkdtempSync(join(tmpdir(), 'limbo-mutants-'));
  cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
  for (const file of ['package.json', 'vite.config.ts', 'tsconfig.json'])
    cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function filesUnder(copy: string, folder: string): readonly string[] {
  const files = readdirSync(join(copy, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts')).map((file) => join(folder, file));
}

function mutationsIn(copy: string): readonly Mutation[] {
  const wanted = values.files === '' ? null : new Set(values.files.split(','));
  const sources = folders
    .flatMap((folder) => filesUnder(copy, `src/${folder}`))
    .filter((file) => !file.endsWith('.test.ts') && !file.includes('/testing/'))
    .filter((file) => wanted === null || wanted.has(basename(file, '.ts')));
  const all = sources.flatMap((file) => mutationsOf(file, readFileSync(join(copy, file), 'utf8')));
  const only = values.only === '' ? null : new Set(values.only.split(','));
  return all.filter(({ file, line }) => only === null || only.has(`${file}:${String(line)}`));
}

/** `count` of the list, each equally likely, in the list's order; all of it for 0. */
function sampled(all: readonly Mutation[], count: number, seed: number): readonly Mutation[] {
  if (count === 0 || count >= all.length) return all;
  const rng = createRng(seed);
  const left = [...all.keys()];
  const picked = Array.from({ length: count }, () => left.splice(rng.next(left.length), 1)[0] ?? 0);
  return picked.toSorted((a, b) => a - b).flatMap((i) => all[i] ?? []);
}

interface Bench {
  readonly copy: string;
  readonly runs: TestRuns;
  readonly order: TestOrder;
}

async function outcomeOf({ copy, runs, order }: Bench, mutation: Mutation): Promise<Outcome> {
  const { file, start, end, fresh, needs = '' } = mutation;
  const tests = order.testsFor(file);
  if (tests.length === 0) throw new Error(`no test that is to run reaches ${file}`);
  const text = readFileSync(join(copy, file), 'utf8');
  writeFileSync(join(copy, file), `${needs}${text.slice(0, start)}${fresh}${text.slice(end)}`);
  const outcome = await runs.run({ changed: file, tests });
  writeFileSync(join(copy, file), text);
  await runs.run({ changed: file, tests: [] });
  return outcome;
}

function starts(file: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => file.startsWith(prefix));
}

/** Runs everything once with nothing changed: all must pass, and how long each file takes is known then. */
async function startBench(copy: string, runs: TestRuns): Promise<Bench> {
  const prefixes = values.tests.split(',');
  const tests = ['src/machine', 'src/properties', 'src/scenarios', 'src/explorer', 'src/program', 'src/cli']
    .flatMap((folder) => filesUnder(copy, folder))
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => prefixes.includes(file) || (!SLOW.includes(file) && starts(file, prefixes)));
  const order = new TestOrder(copy, tests);
  const outcome = await runs.run({ changed: null, tests });
  if (outcome.k === 'died' || outcome.failed !== null)
    throw new Error(
      `without any mutant fails ${outcome.k === 'died' ? 'some test' : String(outcome.failed)}`,
    );
  order.took(outcome.times);
  for (const [test, ms] of outcome.times) console.error(`${test} ${ms.toFixed(0)} ms`);
  return { copy, runs, order };
}

interface Judged {
  readonly mutation: Mutation;
  readonly survived: boolean;
}

async function judge(bench: Bench, mutation: Mutation): Promise<Judged> {
  const from = performance.now();
  const outcome = await outcomeOf(bench, mutation);
  const by = outcome.k === 'died' ? 'endless work' : outcome.failed;
  if (by !== null) bench.order.killed(by, mutation.file);
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.error(
    `${inWords(bench.copy, mutation)} ${by === null ? 'SURVIVED' : `killed by ${by}`}, ${seconds} s`,
  );
  return { mutation, survived: by === null };
}

function inWords(copy: string, { file, line, kind, start, end, fresh }: Mutation): string {
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 90);
  const was = readFileSync(join(copy, file), 'utf8').slice(start, end);
  return `${file}:${String(line)} ${kind}: \`${oneLine(was)}\` -> \`${oneLine(fresh)}\``;
}

function reportOf(copy: string, judged: readonly Judged[], total: number): string {
  const survivors = judged.filter(({ survived }) => survived);
  const rows = folders.map((folder) => {
    const here = judged.filter(({ mutation }) => mutation.file.startsWith(`src/${folder}/`));
    const dead = here.filter(({ survived }) => !survived).length;
    const percent = ((100 * dead) / Math.max(1, here.length)).toFixed(0);
    return `${folder}: ${String(dead)} of ${String(here.length)} killed (${percent} %)`;
  });
  return [
    ...survivors.map(({ mutation }) => `- ${inWords(copy, mutation)}`),
    `${String(judged.length)} of ${String(total)} mutants, seed ${values.seed}`,
    ...rows,
    '',
  ].join('\n');
}

const copy = copyOfSources();
const runs = new TestRuns(copy);
try {
  const bench = await startBench(copy, runs);
  const all = mutationsIn(copy);
  const judged: Judged[] = [];
  for (const mutation of sampled(all, Number(values.sample), Number(values.seed)))
    judged.push(await judge(bench, mutation));
  const report = reportOf(copy, judged, all.length);
  console.log(report);
  if (values.report !== '') writeFileSync(values.report, report);
} finally {
  runs.stop();
  rmSync(copy, { recursive: true, force: true });
}
