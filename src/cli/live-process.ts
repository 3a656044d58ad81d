/** For tests: programs that run beside them, held still, and the commands of this folder run as a person would. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const children: ChildProcess[] = [];

/** Whether the program is here and ends well with these arguments. */
export function canRun(program: string, ...args: string[]): boolean {
  return spawnSync(program, args).status === 0;
}

/** A program that was started. */
export interface LiveProcess {
  readonly pid: number;
  /** Its first line: "ready" when it is as it should be, and held still since. */
  readonly said: string;
}

/** Starts a program, waits for its first line, and stops it (SIGSTOP) when that is "ready". */
export async function startProcess(program: string, ...args: string[]): Promise<LiveProcess> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  children.push(child);
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('exit', () => resolve('gone'));
    child.once('error', reject);
  });
  if (child.pid === undefined) throw new Error(`${program} did not start`);
  if (said === 'ready') process.kill(-child.pid, 'SIGSTOP');
  return { pid: child.pid, said };
}

/** Ends every program that was started, with its children. */
export function endProcesses(): void {
  for (const { pid, exitCode } of children.splice(0)) {
    if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGKILL');
  }
}

/** The children of a process. */
export function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
  return text.trim().split(' ').filter(Boolean).map(Number);
}

/** How a command ended, and what it said. */
export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `src/cli/NAME.ts` in the folder `cwd`. */
export function runCommandLine(name: string, args: readonly string[], cwd = root): CommandResult {
  const command = [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, `src/cli/${name}.ts`), ...args];
  return spawnSync(process.execPath, command, { encoding: 'utf8', cwd, maxBuffer: 2 ** 28 });
}
