import { createMachine, createModel, isEnabled, type Model, takeStep } from '../../explorer/model.ts';
import { describeNext } from '../../explorer/describe.ts';
import type { Design } from '../../kernel/design.ts';
import { at } from '../../lib/at.ts';
import { textOf } from '../../machine/words.ts';
import { effectsOf } from '../../program/effects.ts';
import type { Instr, Program, Stmt } from '../../program/instr.ts';
import { readField } from '../../program/layout.ts';
import { buildModel } from '../../scenarios/build.ts';
import { read, scenario, small, user } from '../../scenarios/parts.ts';

/** One step that the kernel took in a page fault, as its program tells it. */
export interface FaultStep {
  readonly label: string;
  /** What kind of step it is: `read`, `lock`, `flag`, ... as in the program. */
  readonly tag: string;
  /** Routines that it stands in, outermost first: `fault`, `delimbo_pte`. */
  readonly routines: readonly string[];
  /** Fields of the machine that it reads and writes; ghosts, bookkeeping and the thread's own locals left out. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Conditional branches on the thread's own locals that follow before the next step. */
  readonly branches: number;
}

/** Enough for any fault alone; one that does not end is a defect. */
const MOST_STEPS = 500;
const ACTOR = 0;

/**
 * The kernel's steps in one fault on a page that is not there yet, in a tree whose tables are: one CPU, nobody else,
 * relocation compiled in as the design says and idle. This is what lmbench's page fault does again and again: one in
 * 512 faults only has to fill a table.
 */
export function traceFault(design: Design): readonly FaultStep[] {
  const built = buildModel(
    scenario({
      id: 'fault-alone',
      title: 'A fault alone',
      about: '',
      world: small('fault-alone', { shape: 'four', vas: [{}, { empty: true }], cpus: 1, destination: 0 }),
      threads: [user(0, read(1))],
    }),
    design,
  );
  const model = createModel(built.model);
  const machine = createMachine(model);
  const { program } = at(built.model.actors, ACTOR);
  const pcNow = (): number => readField(model.spec.layout, machine.words, program.pcField);
  const steps: FaultStep[] = [];
  for (let taken = 0; taken < MOST_STEPS; taken++) {
    const [pc, next] = [pcNow(), describeNext(model, machine, ACTOR, 0)];
    if (next === null) return steps;
    if (!isEnabled(model, machine, ACTOR, 0)) throw new Error('a fault alone waits for somebody');
    const found = takeStep(model, machine, ACTOR, 0);
    if (found.some(({ kind }) => kind === 'violation')) throw new Error('a fault alone breaks a property');
    const routines = routinesOf(program, pc);
    if (!routines.includes('fault')) continue;
    const label = textOf(built.world, next.label);
    const branches = branchesBetween(program, pc, pcNow());
    steps.push({ label, tag: next.tag, routines, ...touched(model, program, pc), branches });
  }
  throw new Error('a fault alone does not end');
}

function routinesOf({ instrs, lines, calls }: Program, pc: number): readonly string[] {
  const routines: string[] = [];
  let call = at(lines, at(instrs, pc).line).call;
  for (;;) {
    const { routine, from } = at(calls, call);
    routines.unshift(routine);
    if (from === -1) return routines;
    call = at(lines, from).call;
  }
}

/** What the model keeps for its own checks: which frames exist, who is in the kernel, whom RCU waits for. */
const BOOKKEEPING = /^(frame\.kind|cpu\.kernel|rcu\..*)$/;

function touched({ spec }: Model, program: Program, pc: number): Pick<FaultStep, 'reads' | 'writes'> {
  const own = new Set([program.pcField, ...program.locals]);
  const isMachine = (name: string): boolean =>
    !own.has(name) && spec.layout.fields.get(name)?.ghost !== true && !BOOKKEEPING.test(name);
  const { reads, writes } = effectsOf(withoutChecks(at(program.instrs, pc)));
  return { reads: [...reads].filter(isMachine), writes: [...writes].filter(isMachine) };
}

/** The instruction as a kernel carries it out: what only judges it, and what happens when it is judged, left out. */
function withoutChecks(instr: Instr): Instr {
  return instr.k === 'step' ? { ...instr, body: instr.body.flatMap(unjudged) } : instr;
}

function unjudged(stmt: Stmt): readonly Stmt[] {
  if (stmt.k !== 'if') return [stmt];
  const judges = (branch: readonly Stmt[]): boolean => branch.some(({ k }) => k === 'violate');
  if (judges(stmt.then)) return stmt.else.flatMap(unjudged);
  return [{ ...stmt, then: stmt.then.flatMap(unjudged), else: stmt.else.flatMap(unjudged) }];
}

/** The conditional branches on the shortest way from a step to the next one that was reached. */
function branchesBetween({ instrs }: Program, from: number, to: number): number {
  let edge: { readonly pc: number; readonly branches: number }[] = [{ pc: from + 1, branches: 0 }];
  const seen = new Set<number>();
  while (edge.length > 0) {
    const here = edge.find(({ pc }) => pc === to);
    if (here !== undefined) return here.branches;
    edge = edge.flatMap(({ pc, branches }) => {
      if (seen.has(pc)) return [];
      seen.add(pc);
      return onward(at(instrs, pc), pc).map((next) => ({
        pc: next,
        branches: branches + (at(instrs, pc).k === 'branch' ? 1 : 0),
      }));
    });
  }
  throw new Error(`no way from instruction ${String(from)} to ${String(to)}`);
}

function onward(instr: Instr, pc: number): readonly number[] {
  switch (instr.k) {
    case 'local':
      return [pc + 1];
    case 'jump':
      return [instr.target];
    case 'branch':
      return [pc + 1, instr.target];
    case 'step':
    case 'end':
      return [];
  }
}
