/** `npm run audit`: searches every version in every scenario, and keeps what it found for the page. */
import { fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { VERSIONS } from '../designs/versions.ts';
import { at } from '../lib/at.ts';
import { type AuditFile, type AuditRow, verdictOfRow } from '../reports/audit.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import type { AuditJob } from './audit-worker.ts';
import { coreHash } from './core-hash.ts';
import { CommandError, print, runCommand, say, UsageError } from './say.ts';
import { readOptions, single, wholeNumber } from './usage.ts';

const USAGE = 'Usage: npm run audit [-- --json] [--check] [--max-states N]';
const FILE = fileURLToPath(new URL('../reports/audit.json', import.meta.url));
const WORKER = fileURLToPath(new URL('./audit-worker.ts', import.meta.url));
/** Well above the largest scenario of today; about 400 MB. */
const MOST_STATES = '20000000';

/** Hands jobs out to one process for each core; resolves to their rows in the order of the jobs. */
function searchAll(jobs: readonly AuditJob[]): Promise<readonly AuditRow[]> {
  const found: (readonly AuditRow[])[] = [];
  let [next, done] = [0, 0];
  return new Promise((resolve, reject) => {
    const startWorker = (): void => {
      const child = fork(WORKER, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      let job = 0;
      const handOut = (): void => {
        if (next === jobs.length) {
          child.disconnect();
          return;
        }
        job = next++;
        child.send(at(jobs, job));
      };
      child.on('message', (rows: readonly AuditRow[]) => {
        found[job] = rows;
        done += 1;
        if (process.stderr.isTTY)
          process.stderr.write(`\r${String(done)} of ${String(jobs.length)} searched`);
        if (done === jobs.length) resolve(found.flat());
        handOut();
      });
      child.on('exit', (code) => {
        if (code !== 0)
          reject(new CommandError(`A search ended with ${String(code)}: ${JSON.stringify(jobs[job])}.`));
      });
      handOut();
    };
    for (let core = 0; core < Math.min(availableParallelism(), jobs.length); core++) startWorker();
  });
}

/** One row a line, so that a change of a verdict is a line of the diff. */
function fileText({ rows, ...head }: AuditFile): string {
  const lines = rows.map((row) => JSON.stringify(row));
  return `${JSON.stringify(head).slice(0, -1)},"rows":[\n${lines.join(',\n')}\n]}\n`;
}

function readFile(): AuditFile {
  if (!existsSync(FILE)) throw new CommandError('There is no audit yet: npm run audit writes it.');
  return JSON.parse(readFileSync(FILE, 'utf8')) as AuditFile;
}

/** Says where two audits differ. */
function differences(kept: readonly AuditRow[], now: readonly AuditRow[]): readonly string[] {
  const key = ({ version, scenario, property }: AuditRow): string => `${version} ${scenario} ${property}`;
  const told = (row: AuditRow | undefined): string =>
    row === undefined ? 'no row' : JSON.stringify(verdictOfRow(row));
  const [before, after] = [kept, now].map((rows) => new Map(rows.map((row) => [key(row), row])));
  const keys = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...keys].flatMap((k) => {
    const [was, is] = [told(before?.get(k)), told(after?.get(k))];
    return was === is ? [] : [`${k}: kept ${was}, found ${is}`];
  });
}

function check(rows: readonly AuditRow[]): string {
  const kept = readFile();
  const wrong = differences(kept.rows, rows);
  if (wrong.length > 0)
    throw new CommandError(
      `The audit kept is not what a search finds now:\n${wrong.slice(0, 20).join('\n')}`,
    );
  if (kept.hash !== coreHash())
    throw new CommandError('The core has changed since the audit: npm run audit.');
  return `${String(rows.length)} rows, all as kept`;
}

function summary(rows: readonly AuditRow[]): string {
  return VERSIONS.map(({ id }) => {
    const mine = rows.filter(({ version }) => version === id);
    const failing = mine.filter(({ verdict }) => verdict === 'fails');
    const properties = [...new Set(failing.map(({ property }) => property))];
    return `${id.padEnd(17)} ${String(failing.length).padStart(3)} of ${String(mine.length)} fail: ${properties.join(', ') || 'nothing'}`;
  }).join('\n');
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), { values: ['max-states'], flags: ['json', 'check'] });
  const maxStates = wholeNumber(single(options, 'max-states', MOST_STATES), 'max-states');
  const jobs = SCENARIOS.flatMap(({ id: scenario }) =>
    VERSIONS.map(({ id: version }) => ({ version, scenario, maxStates })),
  );
  const started = performance.now();
  const rows = await searchAll(jobs);
  say(`${String(jobs.length)} searches in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (options.flags.has('check')) {
    say(check(rows));
    return;
  }
  const written = new Date().toISOString().slice(0, 10);
  const file: AuditFile = { format: 'limbo-audit', version: 1, hash: coreHash(), written, rows };
  writeFileSync(FILE, fileText(file));
  await print(options.flags.has('json') ? `${JSON.stringify(file)}\n` : `${summary(rows)}\n`);
}

await runCommand(async () => {
  try {
    await main();
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${error.message}\n${USAGE}`);
    throw error;
  }
});
