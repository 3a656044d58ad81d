import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../lib/at.ts';
import { JUDGE, type PromelaModel } from '../explorer/promela.ts';

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

/** Whether tests that ask SPIN are left out: it is not here, and nobody insists (`.ci/run` does). */
export function leavesOutSpin(): boolean {
  return missingForSpin() !== null && (process.env['LIMBO_REQUIRE_SPIN'] ?? '') === '';
}

/** A verifier: how it is compiled and run, beside what every one of ours has. */
interface Verifier {
  readonly optimise: SpinOptions['optimise'];
  /** For the preprocessor: `NAME` or `NAME=value`. */
  readonly defines?: readonly string[];
  /** Whether it looks for runs without end; else for states only. */
  readonly cycles?: boolean;
  /** Of `pan`. */
  readonly args: readonly string[];
}

/** What a verifier prints: SPIN writes it, gcc compiles it, every state is stored whole, nothing reduced. Throws when one of them fails. */
function panSays(text: string, { optimise, defines = [], cycles = false, args }: Verifier): string {
  const cwd = mkdtempSync(join(tmpdir(), 'limbo-spin-'));
  const run = (program: string, options: readonly string[]): string =>
    execFileSync(program, options, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  try {
    writeFileSync(join(cwd, 'model.pml'), text);
    run('spin', [...defines.map((define) => `-D${define}`), '-a', 'model.pml']);
    const kind = cycles ? '-DNOSTUTTER' : '-DSAFETY';
    run('gcc', [optimise, '-w', kind, '-DNOREDUCE', '-DVECTORSZ=8192', '-o', 'pan', 'pan.c']);
    return run('bash', ['-c', `TIMEFORMAT='cpu %U %S'; { time ./pan ${args.join(' ')}; } 2>&1`]);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Searches an exported model to its end. Throws when SPIN does not. */
export function runSpin(
  { text, properties }: PromelaModel,
  { optimise, tableBits }: SpinOptions,
): SpinResult {
  const args = ['-E', '-n', '-m10000000', `-w${String(tableBits)}`];
  const said = panSays(text, { optimise, args });
  const seconds = figure(said, /elapsed time ([\d.]+)/);
  const cpuSeconds = figure(said, /^cpu ([\d.]+) /m) + figure(said, /^cpu [\d.]+ ([\d.]+)/m);
  return { ...readPan(said, properties), seconds, cpuSeconds };
}

/**
 * Whether some weakly fair run of an exported model goes on for ever with a test true all the time, which is written in Promela. Invariants are not judged meanwhile; what
 * has come to an end does not go on.
 */
export function hasEndlessRun({ text }: PromelaModel, test: string): boolean {
  const processes = text.slice(0, text.indexOf(JUDGE));
  const moves = [...processes.matchAll(/^#define (CAN_\w+)/gm)].map(([, name]) => name);
  // A run that has stopped would be taken for one that goes on where it is.
  const claim = `never {\naccept: do ::((${test})&&(${moves.join('||')})) od\n}\n`;
  const said = panSays(`${processes}${claim}`, {
    ...{ optimise: '-O0', cycles: true },
    args: ['-a', '-f', '-m1000000', '-w18'],
  });
  if (said.includes('max search depth too small'))
    throw new Error(`SPIN did not search to the end:\n${said}`);
  return figure(said, /errors: (\d+)/) > 0;
}

/**
 * What goes wrong in a Promela model written by hand: the first failed assertion or the first state that waits for ever, in SPIN's words; null when
 * nothing does. `defines` go to its preprocessor.
 */
export function firstErrorOf(text: string, defines: readonly string[]): string | null {
  const said = panSays(text, { optimise: '-O0', defines, args: ['-m1000000', '-w20'] });
  if (said.includes('max search depth too small'))
    throw new Error(`SPIN did not search to the end:\n${said}`);
  return figure(said, /errors: (\d+)/) === 0 ? null : (/^pan:1: (.*) \(at depth/m.exec(said)?.[1] ?? said);
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
