/**
 * The process that `mutate.ts` starts: one Vitest over a copy of the sources that stays, so that a mutant costs the tests and not the start. A message
 * says which file has changed and which tests to run, in order; the answer says what failed.
 */
import { join } from 'node:path';
import { BaseSequencer, createVitest, type TestSpecification, type Vitest } from 'vitest/node';
import type { FromRunner, ToRunner } from './mutant-runs.ts';

/** As they were asked for, whatever took long or failed the last time. */
class InOrder extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files);
  }
}

const root = process.cwd();

/**
 * Seconds of the processor without an ended test after which the process gives up: a mutant loops for ever. (The longest test takes 9 s; by the clock it
 * takes minutes on a machine with much else to do.)
 */
const ENDLESS = 25;
const say = (message: FromRunner): void => {
  process.send?.(message);
};

function usedSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** When the last test ended, in seconds of the processor. */
let ended = usedSeconds();

function start(): Promise<Vitest> {
  return createVitest('test', {
    root,
    watch: false,
    bail: 1,
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    update: false,
    sequence: { sequencer: InOrder },
    reporters: [
      {
        onTestCaseResult: () => {
          ended = usedSeconds();
        },
      },
    ],
  });
}

async function run(vitest: Vitest, { changed, tests }: ToRunner): Promise<void> {
  ended = usedSeconds();
  if (changed !== null) vitest.invalidateFile(join(root, changed));
  const specs = tests.map((test) => vitest.getRootProject().createSpecification(join(root, test)));
  vitest.state.idMap.clear();
  vitest.state.filesMap.clear();
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specs);
  const failed = testModules.find((module) => module.state() === 'failed')?.relativeModuleId;
  const times = testModules.map((module) => [module.relativeModuleId, module.diagnostic().duration] as const);
  say({ k: 'over', failed: failed ?? (unhandledErrors.length > 0 ? 'an error outside tests' : null), times });
}

const vitest = await start();
setInterval(() => {
  if (usedSeconds() - ended > ENDLESS) process.kill(process.pid, 'SIGKILL');
}, 1000);
process.on('message', (message: ToRunner) => {
  void run(vitest, message).catch((error: unknown) => {
    say({ k: 'over', failed: String(error), times: [] });
  });
});
say({ k: 'ready' });
