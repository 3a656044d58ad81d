/** `npm test`: every check in order, stopping at the first that fails; the last line is `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { missingForSpin } from './spin.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'limbo-tests-'));
const unitReport = join(reports, 'unit.json');
const browserReport = join(reports, 'browser.json');

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const UnitReport = v.pipe(
  v.object({ numPassedTests: v.number(), numFailedTests: v.number(), numPendingTests: v.number() }),
  v.transform((report): Counts => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
  })),
);
const BrowserReport = v.pipe(
  v.object({
    stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number(), skipped: v.number() }),
  }),
  v.transform(({ stats }): Counts => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  })),
);

interface Stage {
  readonly name: string;
  /** Programs and their arguments, run in this order until one fails. */
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  /** Where the stage leaves its counts, if it is made of tests. */
  readonly report?: { readonly path: string; readonly schema: v.GenericSchema<unknown, Counts> };
}

const stages: readonly Stage[] = [
  { name: 'format', commands: [['prettier', '--check', '--log-level', 'warn', '.']] },
  { name: 'types', commands: [['tsc']] },
  { name: 'lint', commands: [['eslint', '--max-warnings', '0', '.']] },
  {
    name: 'unit',
    commands: [['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]],
    report: { path: unitReport, schema: UnitReport },
  },
  { name: 'audit', commands: [['tsx', 'src/cli/audit.ts', '--check']] },
  { name: 'build', commands: [['vite', 'build', '--logLevel', 'warn']] },
  { name: 'size', commands: [['tsx', 'src/cli/size.ts']] },
  {
    name: 'browser',
    commands: [
      ['tsx', 'e2e/chromium.ts'],
      ['playwright', 'test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'],
    ],
    report: { path: browserReport, schema: BrowserReport },
  },
];

/** Resolves to whether the program ended well. */
function run([program, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  const path = [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
  const env = { ...process.env, PATH: path, PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport };
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
}

async function runCommands({ commands }: Stage): Promise<boolean> {
  for (const command of commands) if (!(await run(command))) return false;
  return true;
}

/** A stage that fails without a failed test counts as one failure; a stage of tests that ran none fails. */
function count({ report }: Stage, ended: boolean): Counts {
  const none = { passed: 0, failed: 0, skipped: 0 };
  const counts =
    report && existsSync(report.path)
      ? v.parse(report.schema, JSON.parse(readFileSync(report.path, 'utf8')))
      : none;
  const isEmpty = report !== undefined && counts.passed === 0;
  return (ended && !isEmpty) || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

async function runStage(stage: Stage): Promise<Counts> {
  console.log(`\n== ${stage.name}`);
  const startMs = performance.now();
  const counts = count(stage, await runCommands(stage));
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const tests = stage.report ? `, ${counts.passed} passed, ${counts.skipped} skipped` : '';
  console.log(`== ${stage.name}: ${counts.failed > 0 ? 'FAILED' : 'ok'} in ${seconds} s${tests}`);
  return counts;
}

async function main(): Promise<void> {
  let passed = 0;
  for (const stage of stages) {
    const counts = await runStage(stage);
    passed += counts.passed;
    if (counts.failed === 0) continue;
    console.log(`\nStopped: "${stage.name}" failed.\n${passed} passed, ${counts.failed} failed`);
    process.exitCode = 1;
    return;
  }
  const missing = missingForSpin();
  if (missing !== null) console.log(`\nThe comparison with SPIN was skipped: ${missing} is not installed.`);
  console.log(`\n${passed} passed, 0 failed`);
}

try {
  await main();
} finally {
  rmSync(reports, { recursive: true, force: true });
}
