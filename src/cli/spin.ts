import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../lib/at.ts';
import type { PromelaModel } from '../explorer/promela.ts';

/** What SPIN says of a model after an exhaustive search. */
export interface SpinResult {
  readonly states: number;
  /** Ids, sorted. */
  readonly violations: readonly string[];
  readonly seconds: number;
  /** Of the processor, in user mode and for it in the kernel: what other programs on the machine change least. */
  readonly cpuSeconds: number;
  readonly bytesPerState: number;
}

export interface SpinOptions {
  /** -O0 compiles fast, -O2 runs fast. */
  readonly optimise: '-O0' | '-O2';
  /** log2 of the slots of its hash table. */
  readonly tableBits: number;
}

/** The program that is missing, or null when SPIN can be run here. */
export function missingForSpin(): string | null {
  const missing = ['spin', 'gcc'].find((program) => spawnSync(program, ['--version']).error !== undefined);
  return missing ?? null;
}

/** Lets SPIN generate, compiles and runs its verifier: every state stored whole, no reduction. Throws when one of them fails. */
export function runSpin(
  { text, properties }: PromelaModel,
  { optimise, tableBits }: SpinOptions,
): SpinResult {
  const cwd = mkdtempSync(join(tmpdir(), 'limbo-spin-'));
  const run = (program: string, args: readonly string[]): string =>
    execFileSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  try {
    writeFileSync(join(cwd, 'model.pml'), text);
    run('spin', ['-a', 'model.pml']);
    run('gcc', [optimise, '-w', '-DSAFETY', '-DNOREDUCE', '-DVECTORSZ=8192', '-o', 'pan', 'pan.c']);
    const started = performance.now();
    const pan = `./pan -E -n -m10000000 -w${String(tableBits)}`;
    const said = run('bash', ['-c', `TIMEFORMAT='cpu %U %S'; { time ${pan}; } 2>&1`]);
    const seconds = (performance.now() - started) / 1000;
    const cpuSeconds = figure(said, /^cpu ([\d.]+) /m) + figure(said, /^cpu [\d.]+ ([\d.]+)/m);
    return { ...readPan(said, properties), seconds, cpuSeconds };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function readPan(said: string, properties: readonly string[]): Omit<SpinResult, 'seconds' | 'cpuSeconds'> {
  const states = figure(said, /^\s*([\d.e+]+) states, stored/m);
  if (said.includes('max search depth too small') || !said.includes('errors: 0'))
    throw new Error(`SPIN did not search to the end:\n${said}`);
  const numbers = [...said.matchAll(/FAILS (\d+)/g)].map(([, number]) => Number(number));
  const violations = numbers.map((number) => at(properties, number)).toSorted();
  const megabytes = figure(said, /([\d.]+)\s+actual memory usage for states/);
  return { states, violations, bytesPerState: (megabytes * 2 ** 20) / states };
}

function figure(said: string, pattern: RegExp): number {
  const [, text] = pattern.exec(said) ?? [];
  if (text === undefined) throw new Error(`SPIN did not say ${String(pattern)}:\n${said}`);
  return Number(text);
}
