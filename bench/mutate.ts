/**
 * `npm run mutate -- [--sample N] [--seed N] [--folder machine|kernel|properties] [--files NAME,...] [--only FILE:LINE,...] [--rounds N] [--tests PREFIX,...] [--report FILE]`: changes the model in small ways, one
 * at a time, in a copy of the sources, and runs the fast unit tests on each: a mutant that no test fails on has survived.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRng } from '../src/lib/rng.ts';
import { type Mutation, mutationsOf } from './mutations.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'machine,kernel,properties' },
    files: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    tests: { type: 'string', default: '' },
    report: { type: 'string', default: '' },
  },
});

/** Cheapest first: most mutants die in the first round. */
const ROUNDS = [
  ['src/scenarios/kernel-', 'src/scenarios/machine-', 'src/scenarios/judged-states', 'src/machine/'],
  ['src/scenarios/pinned', 'src/scenarios/relocation-alone', 'src/scenarios/published'],
  ['src/scenarios/broken-designs', 'src/scenarios/random-schedules'],
];

/** The sources as they were at the start, whatever happens to the work tree meanwhile. */
const texts = new Map<string, string>();
function textOf(file: string): string {
  const text = texts.get(file) ?? readFileSync(join(root, file), 'utf8');
  texts.set(file, text);
  return text;
}

/** `--rounds 1`: for mutants that are known to survive the others. `--tests`: one round of these files instead, on a loaded machine. */
const rounds = values.tests === '' ? ROUNDS.slice(0, Number(values.rounds)) : [values.tests.split(',')];

type Fate = 'killed' | 'survived' | 'timeout';

/** `--files swing,links`: only these files of the folders, by name without `.ts`. */
const wanted = values.files === '' ? null : new Set(values.files.split(','));

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, 'src', folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => wanted === null || wanted.has(file.slice(0, -'.ts'.length)))
    .map((file) => join('src', folder, file));
}

/** `count` of the list, each equally likely, in the list's order. */
function sampled(all: readonly Mutation[], count: number, seed: number): readonly Mutation[] {
  if (count === 0 || count >= all.length) return all;
  const rng = createRng(seed);
  const left = [...all.keys()];
  const picked = Array.from({ length: count }, () => left.splice(rng.next(left.length), 1)[0] ?? 0);
  return picked.toSorted((a, b) => a - b).flatMap((i) => all[i] ?? []);
}

function copyOfSources(): string {
  const copy = mkdtempSync(join(tmpdir(), 'limbo-mutants-'));
  cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
  for (const file of ['package.json', 'vite.config.ts', 'tsconfig.json'])
    cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function fateOf(copy: string, mutation: Mutation): Fate {
  const text = textOf(mutation.file);
  const changed = text.slice(0, mutation.start) + mutation.fresh + text.slice(mutation.end);
  writeFileSync(join(copy, mutation.file), `${mutation.needs ?? ''}${changed}`);
  const fate = rounds.reduce<Fate>(
    (before, files) => (before === 'survived' ? round(copy, files) : before),
    'survived',
  );
  writeFileSync(join(copy, mutation.file), text);
  return fate;
}

function round(copy: string, files: readonly string[]): Fate {
  const bail = ['--bail', '1', '--maxWorkers', '1', '--no-isolate', '--reporter', 'dot'];
  const run = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...files, ...bail],
    {
      cwd: copy,
      env: { ...process.env, CI: '1', LIMBO_SCHEDULES: '180' },
      stdio: 'ignore',
      timeout: 180_000,
    },
  );
  if (run.error !== undefined) return 'timeout';
  return run.status === 0 ? 'survived' : 'killed';
}

const folders = values.folder.split(',');
const all = folders.flatMap((folder) => sources(folder).flatMap((file) => mutationsOf(file, textOf(file))));
const only = values.only === '' ? null : new Set(values.only.split(','));
const chosen = sampled(all, Number(values.sample), Number(values.seed)).filter(
  ({ file, line }) => only === null || only.has(`${file}:${String(line)}`),
);
const copy = copyOfSources();
const lines: string[] = [];
const say = (line: string): void => {
  console.log(line);
  lines.push(line);
};
try {
  for (const files of rounds)
    if (round(copy, files) !== 'survived') throw new Error('the tests fail without any mutant');
  const fates = chosen.map((mutation, i) => {
    const fate = fateOf(copy, mutation);
    const was = textOf(mutation.file).slice(mutation.start, mutation.end);
    const words = `\`${oneLine(was)}\` -> \`${oneLine(mutation.fresh)}\``;
    console.error(`${String(i + 1)} ${mutation.file}:${String(mutation.line)} ${fate}`);
    if (fate === 'survived') say(`- ${mutation.file}:${String(mutation.line)} ${mutation.kind}: ${words}`);
    return { mutation, fate };
  });
  say(`${String(chosen.length)} of ${String(all.length)} mutants, seed ${values.seed}`);
  for (const folder of folders) {
    const here = fates.filter(({ mutation }) => mutation.file.startsWith(`src/${folder}/`));
    const dead = here.filter(({ fate }) => fate !== 'survived').length;
    say(`${folder}: ${String(dead)} of ${String(here.length)} killed`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
if (values.report !== '') writeFileSync(values.report, `${lines.join('\n')}\n`);

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 90);
}
