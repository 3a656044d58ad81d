import { VERSIONS } from '../../designs/versions.ts';
import type { ModelSpec } from '../../explorer/model.ts';
import type { Design } from '../../kernel/design.ts';
import { at } from '../../lib/at.ts';
import { createRng } from '../../lib/rng.ts';
import { currentLeaf, type Scene } from '../../machine/decode.ts';
import { ENTRY_D, ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { fieldOf, readField } from '../../program/layout.ts';
import { type Built, buildModel } from '../build.ts';
import type { Scenario } from '../scenario.ts';
import { SCENARIOS } from '../scenarios.ts';
import { type Evaluate, type FastRun, fastRun } from './fast-run.ts';
import { rigOf, stepActor } from './rig.ts';
import { createShadow, type Shadow } from './shadow.ts';

/** A scenario and a version, with everything that many runs of them share. */
export interface Case {
  readonly name: string;
  readonly scenario: Scenario;
  readonly design: Design;
  readonly built: Built;
  readonly run: FastRun;
  readonly shadow: Shadow;
  readonly moves: Int32Array;
}

const LONGEST = 1500;

/** Every scenario in every version, and once more as it opens where that changes a choice. */
export const PAIRS_OF_ALL = SCENARIOS.flatMap((scenario) => {
  const { overrides } = scenario.opensWith;
  const opened = VERSIONS.map(({ id, design }) => ({
    id: `${id} as it opens`,
    design: { ...design, ...overrides },
  }));
  const versions = Object.keys(overrides).length === 0 ? VERSIONS : [...VERSIONS, ...opened];
  return versions.map(({ id, design }) => ({ name: `${scenario.id} x ${id}`, scenario, design }));
});

/** `alter` makes a wrong machine of a right one, for tests of the shadow. */
export function caseOf(
  { name, scenario, design }: Pick<Case, 'name' | 'scenario' | 'design'>,
  evaluate: Evaluate,
  alter: (spec: ModelSpec) => ModelSpec = (spec) => spec,
): Case {
  const { model, ...rest } = buildModel(scenario, design);
  const built = { ...rest, model: alter(model) };
  const run = fastRun(built.model, evaluate);
  return { name, scenario, design, built, run, shadow: createShadow(built, run), moves: new Int32Array(256) };
}

export interface Ran {
  /** null: nothing to complain of. */
  readonly complaint: string | null;
  readonly taken: readonly number[];
}

/** One run from the start; `choose` picks among the enabled moves, -1 ends the run. */
function runWith({ run, shadow, moves, scenario, built }: Case, choose: (count: number) => number): Ran {
  run.reset();
  shadow.start();
  const taken: number[] = [];
  let clean = true;
  for (let count = run.enabled(moves); count > 0 && taken.length < LONGEST; count = run.enabled(moves)) {
    const move = choose(count);
    if (move < 0) break;
    shadow.announce(move);
    const complaint = shadow.observe(run.take(move));
    taken.push(move);
    if (complaint !== null) return { complaint, taken };
    clean &&= !run.broke();
  }
  const over = clean && isOver(run);
  return { complaint: over ? endState(scenario, built, run) : null, taken };
}

/** A run whose moves a seed decides. */
export function randomRun(each: Case, seed: number): Ran {
  const rng = createRng(seed);
  return runWith(each, (count) => at(each.moves, rng.next(count)));
}

/** The same moves again; those that are not possible are left out. */
function rerun(each: Case, wanted: readonly number[]): Ran {
  let next = 0;
  return runWith(each, (count) => {
    while (next < wanted.length) {
      const move = wanted[next++] ?? 0;
      if (each.moves.subarray(0, count).includes(move)) return move;
    }
    return -1;
  });
}

/** Leaves out moves, fewer and fewer at a time, as long as the run still gives the same complaint. */
export function shrink(each: Case, { complaint, taken }: Ran): readonly number[] {
  let best = taken;
  for (let size = taken.length >> 1; size > 0; size >>= 1)
    for (let from = 0; from < best.length; from += size) {
      const shorter = rerun(each, [...best.slice(0, from), ...best.slice(from + size)]);
      if (shorter.complaint === complaint && shorter.taken.length < best.length) best = shorter.taken;
    }
  return best;
}

/** The steps in words, for the message of a test that fails. */
export function inWords({ scenario, design, built }: Case, moves: readonly number[]): string {
  const rig = rigOf(scenario, design);
  return moves.map((m) => `${String(m)} ${stepText(rig, at(built.actors, m >>> 5).id, m & 31)}`).join('\n');
}

function stepText(rig: ReturnType<typeof rigOf>, id: string, move: number): string {
  const { label } = stepActor(rig, id, move);
  return `${id}: ${label}`;
}

function isOver({ spec, words }: FastRun): boolean {
  return spec.actors.every(({ role, program }) => {
    const instr = program.instrs[words[fieldOf(spec.layout, program.pcField).offset] ?? 0];
    return role !== 'thread' || instr?.k === 'end';
  });
}

const onlyMoves = ({ threads }: Scenario): boolean =>
  threads.every(({ actions }) =>
    actions.every((a) => ['access', 'relocate', 'relocate-mm', 'kernel-thread'].includes(a.do)),
  );

/**
 * Where no step did wrong: relocations alone keep every page; an address that was touched has one now, of its own, and D if
 * written (unless the model itself says that a dirty bit was lost).
 */
function endState(scenario: Scenario, { world, model }: Built, { words, judge }: FastRun): string | null {
  if (!onlyMoves(scenario) || world.mms.length !== 1) return null;
  const [now, start]: Scene[] = [words, model.initial()].map((w) => ({
    world,
    layout: model.layout,
    words: w,
  }));
  if (now === undefined || start === undefined) return null;
  const accesses = scenario.threads.flatMap(({ actions }) =>
    actions.flatMap((a) => (a.do === 'access' ? [a] : [])),
  );
  const pages = new Set<number>();
  for (const va of world.vas) {
    const [before, after] = [currentLeaf(start, 0, va.id), currentLeaf(now, 0, va.id)];
    const page = entryFrame(after);
    if ((before & ENTRY_P) !== 0 && !va.privateMapping && page !== entryFrame(before))
      return `${va.name} lost its page`;
    const mine = accesses.filter((a) => a.va === va.id);
    if (mine.length === 0) continue;
    if ((after & ENTRY_P) === 0) return `${va.name} lacks P`;
    const dirty = (after & ENTRY_D) !== 0 || readField(model.layout, words, 'frame.dirty', page) !== 0;
    if (mine.some(({ write }) => write) && !dirty && !judge()) return `${va.name} was written and lacks D`;
    if (pages.has(page)) return `${va.name} shares its page`;
    pages.add(page);
  }
  return null;
}

/** Runs one share of so many schedules; gives the first complaint with its seed and the shrunk schedule in words, else the number of runs. */
export interface Share {
  /** Schedules in all shares. */
  readonly schedules: number;
  readonly share: number;
  readonly of: number;
}

export function runShare(
  { schedules, share, of }: Share,
  evaluate: Evaluate,
): { readonly failure: string | null; readonly runs: number } {
  const each = Math.max(1, Math.ceil(schedules / PAIRS_OF_ALL.length));
  let runs = 0;
  for (const pair of PAIRS_OF_ALL.filter((_, i) => i % of === share)) {
    const one = caseOf(pair, evaluate);
    for (let seed = 1; seed <= each; seed++, runs++) {
      const ran = randomRun(one, seed * 7919);
      if (ran.complaint === null) continue;
      const steps = inWords(one, shrink(one, ran));
      return { failure: `${one.name}, seed ${String(seed * 7919)}: ${ran.complaint}\n${steps}`, runs };
    }
  }
  return { failure: null, runs };
}
