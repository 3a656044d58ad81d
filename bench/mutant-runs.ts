import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ToRunner {
  /** The file that was written since the last run, from the root; null where none was. */
  readonly changed: string | null;
  /** Test files from the root, in the order in which they run. */
  readonly tests: readonly string[];
}

export type FromRunner = { readonly k: 'ready' } | Over;

interface Over {
  readonly k: 'over';
  /** The first test file that failed; null where all passed. */
  readonly failed: string | null;
  /** Milliseconds that each test file took. */
  readonly times: readonly (readonly [file: string, ms: number])[];
}

/** What became of one run: `died` when the process did, which it does by itself where a mutant loops for ever. */
export type Outcome = Over | { readonly k: 'died' };

/** Runs tests in the copy of the sources at `root`, in a process that is started again when it has died. */
export class TestRuns {
  private child: ChildProcess | null = null;
  private readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async run(wanted: ToRunner): Promise<Outcome> {
    this.child ??= await this.start();
    const outcome = await answer(this.child, wanted);
    if (outcome.k === 'died') this.child = null;
    return outcome;
  }

  stop(): void {
    this.child?.kill('SIGKILL');
    this.child = null;
  }

  private start(): Promise<ChildProcess> {
    const child = fork(fileURLToPath(new URL('./mutant-runner.ts', import.meta.url)), {
      cwd: this.root,
      env: { ...process.env, CI: '1', LIMBO_SCHEDULES: '180' },
    });
    return new Promise((resolve, reject) => {
      child.once('message', () => {
        child.removeAllListeners();
        resolve(child);
      });
      child.once('exit', () => {
        reject(new Error('the process that runs the tests does not start'));
      });
    });
  }
}

function answer(child: ChildProcess, wanted: ToRunner): Promise<Outcome> {
  return new Promise((resolve) => {
    const end = (outcome: Outcome): void => {
      child.removeAllListeners();
      resolve(outcome);
    };
    child.on('message', (message: FromRunner) => {
      if (message.k === 'over') end(message);
    });
    child.on('exit', () => {
      end({ k: 'died' });
    });
    child.send(wanted);
  });
}
