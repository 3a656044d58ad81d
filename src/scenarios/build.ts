import type { Actor, ModelSpec } from '../explorer/model.ts';
import type { Design } from '../kernel/design.ts';
import { keepsLevels } from '../kernel/free-old.ts';
import { usesCallbacks } from '../kernel/rcu-callbacks.ts';
import { must } from '../lib/at.ts';
import { type Demand, machineFields } from '../machine/fields.ts';
import { cpuPrefix } from '../machine/mmu.ts';
import { replicated } from '../machine/replicate.ts';
import type { World } from '../machine/world.ts';
import type { AssembledProgram } from '../program/assembler.ts';
import { and, eq, type Expr, get, num, or } from '../program/expr.ts';
import type { Program } from '../program/instr.ts';
import { type Field, placeFields } from '../program/layout.ts';
import { stateInvariants } from '../properties/invariants.ts';
import { ipiActor, rcuActor, speculationActor, threadActor } from './actors.ts';
import { initialState } from './initial-state.ts';
import type { Scenario } from './scenario.ts';
import { proposedSwaps, type Resident } from './swaps.ts';

export type ActorKind = 'thread' | 'ipi' | 'speculation' | 'rcu';

/** An actor as people see it. */
export interface ActorInfo {
  readonly id: string;
  readonly kind: ActorKind;
  /** -1 for RCU callbacks, which run on no CPU of their own here. */
  readonly cpu: number;
  readonly name: string;
}

export interface Built {
  readonly model: ModelSpec;
  readonly actors: readonly ActorInfo[];
  readonly world: World;
}

export interface Relocations {
  readonly mmOf: number[];
  tables: number;
}

interface Draft {
  readonly info: ActorInfo;
  readonly assembled: AssembledProgram;
  readonly ready: Expr;
  readonly wait: Actor['wait'];
  /** Of a thread, by id. */
  readonly relocations?: readonly number[];
}

function residentOf({ info: { kind, cpu }, assembled: { program }, relocations = [] }: Draft): Resident {
  return { kind, cpu, program, relocations };
}

/** Assembles the programs of all actors of a scenario in a design, and the state that they work on. */
export function buildModel(named: Scenario, design: Design): Built {
  const world = design.replicas === 'per-node' ? replicated(named.world) : named.world;
  const scenario: Scenario = { ...named, world };
  const relocations: Relocations = { mmOf: [], tables: 1 };
  const drafts: Draft[] = [];
  for (const script of scenario.threads) {
    const { length } = relocations.mmOf;
    const draft = threadActor(scenario, design, script, relocations);
    drafts.push({ ...draft, relocations: relocations.mmOf.slice(length).map((_, i) => length + i) });
  }
  for (let cpu = 0; cpu < world.cpus; cpu++) if (world.cpus > 1) drafts.push(ipiActor(scenario, cpu));
  if (scenario.switches.speculation !== null) drafts.push(speculationActor(scenario));
  if (usesCallbacks(design)) drafts.push(rcuActor(scenario, design, relocations));
  const demand: Demand = {
    relocations: relocations.mmOf.length,
    tablesPerRelocation: relocations.tables,
    listsLevels: keepsLevels(design),
  };
  const layout = placeFields([
    ...drafts.flatMap((d) => localFields(d.assembled)),
    ...idleCpuFields(scenario),
    ...machineFields(world, demand),
  ]);
  const actors = drafts.map(({ info, assembled, ready, wait }) => ({
    id: info.id,
    role: roleOf(info.kind),
    program: assembled.program,
    ready,
    wait,
  }));
  const programs = drafts.filter((d) => d.info.kind === 'thread').map((d) => d.assembled.program);
  const callbacks = usesCallbacks(design)
    ? { tables: world.tableFrames + 1, batches: relocations.mmOf.length }
    : null;
  const ended = allEnded(programs, callbacks);
  return {
    model: {
      layout,
      tables: constantTables(world, drafts),
      actors,
      invariants: stateInvariants(world, ended),
      initial: () => initialState(scenario, layout),
      swaps: proposedSwaps(layout, world.cpus, drafts.map(residentOf)),
    },
    actors: drafts.map((d) => d.info),
    world,
  };
}

/** A CPU with no thread is idle in user mode for ever; its handler still asks where it is. */
function idleCpuFields({ world, threads }: Scenario): readonly Field[] {
  const idle = Array.from({ length: world.cpus }, (_, cpu) => cpu).filter(
    (cpu) => !threads.some((t) => t.cpu === cpu),
  );
  return idle.map((cpu) => ({ name: `${cpuPrefix(cpu)}.pc`, rows: 1, cols: 1, max: 1, ghost: false }));
}

function roleOf(kind: ActorKind): Actor['role'] {
  if (kind === 'thread') return 'thread';
  return kind === 'speculation' ? 'whim' : 'service';
}

function localFields({ program, localMax }: AssembledProgram): readonly Field[] {
  const one = { rows: 1, cols: 1, ghost: false };
  return [
    { name: program.pcField, max: program.instrs.length - 1, ...one },
    ...program.locals.map((name) => ({ name, max: must(localMax, name), ...one })),
  ];
}

/** All threads are at their end and no callback is due or waiting. */
interface Callbacks {
  readonly tables: number;
  readonly batches: number;
}

function allEnded(programs: readonly Program[], callbacks: Callbacks | null): Expr {
  const ends = programs.map((program) => eq(get(program.pcField), program.instrs.length - 2));
  if (callbacks === null) return and(...ends);
  const empty = (field: string, cols: number): Expr => {
    let any: Expr = num(0);
    for (let i = 0; i < cols; i++) any = or(any, get(field, i));
    return eq(any, 0);
  };
  return and(
    ...ends,
    eq(get('rcu.pc'), 0),
    empty('rcu.batch_callback', callbacks.batches),
    empty('rcu.table_callback', callbacks.tables),
  );
}

function constantTables(
  world: World,
  drafts: readonly { info: ActorInfo; assembled: AssembledProgram }[],
): ModelSpec['tables'] {
  const tables = new Map<string, ArrayLike<number>>([['frame.node', world.node]]);
  for (const { info, assembled } of drafts) {
    const inside = assembled.program.instrs.map((instr) =>
      instr.k === 'step' && instr.inInstruction ? 1 : 0,
    );
    tables.set(`in_instruction.${info.id}`, inside);
  }
  for (let cpu = 0; cpu < world.cpus; cpu++) {
    const key = `in_instruction.${cpuPrefix(cpu)}`;
    if (!tables.has(key)) tables.set(key, [0]);
  }
  return tables;
}
