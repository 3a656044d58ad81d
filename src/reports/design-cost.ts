import { atEnd, createModel } from '../explorer/model.ts';
import { createRun, enabledMoves, type Run, step } from '../explorer/run.ts';
import type { Design } from '../kernel/design.ts';
import { at } from '../lib/at.ts';
import { createRng } from '../lib/rng.ts';
import type { Instr, Program } from '../program/instr.ts';
import { buildModel } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** What happens until the last relocation has left, in one run or in the mean over several: counts of steps, by everybody. */
export interface DesignCost {
  /** Flushes and reloads of a whole process, begun for the sake of a moved table. */
  readonly flushes: number;
  /** IPIs sent by these flushes. */
  readonly ipis: number;
  /** Locks taken, and atomic changes of entries, flags and masks, by kernel threads. */
  readonly locked: number;
  readonly steps: number;
}

const NOTHING: DesignCost = { flushes: 0, ipis: 0, locked: 0, steps: 0 };

/** Who flushes for a moved table: maybe_reload, whoever calls it, and relocate_table where it clears the entry first. */
const FOR_A_MOVE = ['maybe_reload', 'relocate_table'];
const WHOLE_PROCESS = ['flush_tlb_mm', 'reload_tlb_mm'];
const LOCKED = ['lock', 'flag', 'mask', 'merge', 'write'];

/** The routines that an instruction stands in, the innermost first. */
function routinesOf({ lines, calls }: Program, { line }: Instr): readonly string[] {
  const routines: string[] = [];
  for (let from = line; from >= 0;) {
    const call = at(calls, at(lines, from).call);
    routines.push(call.routine);
    from = call.from;
  }
  return routines;
}

/** True for a step that flushes a whole process because a table has moved. */
function servesMove(program: Program, instr: Instr): boolean {
  const routines = routinesOf(program, instr);
  return WHOLE_PROCESS.includes(at(routines, 0)) && routines.some((name) => FOR_A_MOVE.includes(name));
}

/** True for the step with which such a flush begins: the one that reads whom to tell. */
export function beginsFlush(program: Program, instr: Instr): boolean {
  return instr.k === 'step' && instr.tag === 'read' && servesMove(program, instr);
}

function costOfStep(program: Program, instr: Instr): DesignCost {
  if (instr.k !== 'step') return NOTHING;
  return {
    flushes: beginsFlush(program, instr) ? 1 : 0,
    ipis: instr.tag === 'ipi-send' && servesMove(program, instr) ? 1 : 0,
    locked: LOCKED.includes(instr.tag) ? 1 : 0,
    steps: 1,
  };
}

function plus(a: DesignCost, b: DesignCost, times = 1): DesignCost {
  return {
    flushes: a.flushes + b.flushes * times,
    ipis: a.ipis + b.ipis * times,
    locked: a.locked + b.locked * times,
    steps: a.steps + b.steps * times,
  };
}

/** Steps after which a run is given up: far more than any relocation takes. */
const LONGEST = 20_000;

const relocates = ({ calls }: Program): boolean => calls.some(({ routine }) => routine === 'enter');

/** True when every relocation has left. What happens later is not its cost; it may go on for ever where memory is short. */
function isOver({ model, machine }: Run): boolean {
  return model.linked.every(({ actor }, i) => !relocates(actor.program) || atEnd(model, machine, i));
}

function costOfRun(run: Run, seed: number): DesignCost {
  const rng = createRng(Math.imul(seed, 0x9e3779b1));
  let cost = NOTHING;
  while (!isOver(run)) {
    const moves = enabledMoves(run);
    if (moves.length === 0) return cost;
    const move = at(moves, rng.next(moves.length));
    if (run.cursor === LONGEST) throw new Error(`seed ${String(seed)}: the relocation does not end`);
    const { actor, pcOffset } = at(run.model.linked, move.actor);
    cost = plus(cost, costOfStep(actor.program, at(actor.program.instrs, at(run.machine.words, pcOffset))));
    step(run, move);
  }
  return cost;
}

/** The mean over seeds 1 to `runs`, each a schedule of its own. The same on every machine. */
export function designCost(scenario: Scenario, design: Design, runs: number): DesignCost {
  const model = createModel(buildModel(scenario, design).model);
  let total = NOTHING;
  for (let seed = 1; seed <= runs; seed++) total = plus(total, costOfRun(createRun(model), seed));
  return plus(NOTHING, total, 1 / runs);
}
