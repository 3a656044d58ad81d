import { at, must } from '../lib/at.ts';
import { createAssembler, type AssembledProgram } from '../program/assembler.ts';
import { and, eq, type Expr, get, num, or } from '../program/expr.ts';
import type { Program } from '../program/instr.ts';
import { type Field, fieldOf, placeFields, type Layout } from '../program/layout.ts';
import type { Actor, ModelSpec } from '../explorer/model.ts';
import { writeAccess, writeSpeculation } from '../machine/access.ts';
import { ENTRY_A, ENTRY_P, ENTRY_SHIFT, ENTRY_W, entryFrame } from '../machine/entry.ts';
import { type Demand, machineFields } from '../machine/fields.ts';
import { cpuPrefix, ipiPrefix, type MmuContext, specPrefix, writeIpiHandler } from '../machine/mmu.ts';
import type { Pool, Va, World } from '../machine/world.ts';
import type { KernelThread } from '../kernel/context.ts';
import type { Design } from '../kernel/design.ts';
import { fault } from '../kernel/fault.ts';
import { fork } from '../kernel/fork.ts';
import { runKernelThread } from '../kernel/lazy.ts';
import { mremap } from '../kernel/mremap.ts';
import { munmap } from '../kernel/munmap.ts';
import { reclaim } from '../kernel/reclaim.ts';
import { usesCallbacks, writeRcuCallbacks } from '../kernel/rcu-callbacks.ts';
import { relocateMm, relocateNamed } from '../kernel/relocate-mm.ts';
import { stateInvariants } from '../properties/invariants.ts';
import type { Action, ThreadScript } from './script.ts';
import type { Scenario } from './scenario.ts';

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

interface Relocations {
  readonly mmOf: number[];
  tables: number;
}

/** Assembles the programs of all actors of a scenario in a design, and the state that they work on. */
export function buildModel(scenario: Scenario, design: Design): Built {
  const { world } = scenario;
  const relocations: Relocations = { mmOf: [], tables: 1 };
  const drafts: { info: ActorInfo; assembled: AssembledProgram; ready: Expr; wait: Actor['wait'] }[] = [];
  for (const script of scenario.threads) drafts.push(threadActor(scenario, design, script, relocations));
  for (let cpu = 0; cpu < world.cpus; cpu++) if (world.cpus > 1) drafts.push(ipiActor(scenario, cpu));
  if (scenario.switches.speculation !== null) drafts.push(speculationActor(scenario));
  if (usesCallbacks(design)) drafts.push(rcuActor(scenario, design, relocations));
  const demand: Demand = { relocations: relocations.mmOf.length, tablesPerRelocation: relocations.tables };
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

function speculationMask({ switches }: Scenario): number {
  return switches.speculation === null ? 0 : 1 << switches.speculation.cpu;
}

function context(scenario: Scenario, cpu: number, prefix: string, name: string): MmuContext {
  return {
    asm: createAssembler(prefix, name),
    world: scenario.world,
    cpu,
    speculating: speculationMask(scenario),
  };
}

function poolOf(world: World, name: string): Pool {
  const pool = world.pools.find((p) => p.name === name);
  if (pool === undefined) throw new Error(`this world has no pool ${name}`);
  return pool;
}

function threadActor(scenario: Scenario, design: Design, script: ThreadScript, relocations: Relocations) {
  const { cpu, name } = script;
  const { world } = scenario;
  const base = context(scenario, cpu, cpuPrefix(cpu), name);
  const t: KernelThread = {
    ...base,
    design,
    allocationSleeps: scenario.switches.allocationSleeps,
    tablePool: at(world.pools, 0),
    dataPool: at(world.pools, world.pools.length - 1),
  };
  for (const action of script.actions) writeAction(t, script, action, relocations);
  const interrupted = world.cpus > 1 ? eq(get(`${ipiPrefix(cpu)}.pc`), 0) : num(1);
  return {
    info: { id: cpuPrefix(cpu), kind: 'thread' as const, cpu, name },
    assembled: base.asm.finish(),
    ready: interrupted,
    wait: [`CPU${String(cpu)} is in its interrupt handler`],
  };
}

function writeAction(t: KernelThread, script: ThreadScript, action: Action, relocations: Relocations): void {
  const va = (id: number): Va => at(t.world.vas, id);
  switch (action.do) {
    case 'access':
      writeAccess(t, va(action.va), action.write, () => {
        fault(t, script.mm, va(action.va), action.write);
      });
      return;
    case 'relocate-mm': {
      const id = relocations.mmOf.push(action.mm) - 1;
      relocations.tables = Math.max(relocations.tables, t.world.tableFrames);
      const { mm, source, pool } = action;
      relocateMm(t, { id, mm, source, pool: poolOf(t.world, pool) });
      return;
    }
    case 'relocate': {
      const id = relocations.mmOf.push(action.mm) - 1;
      relocations.tables = Math.max(relocations.tables, action.tables.length);
      const named = action.tables.map((table) =>
        table === 'top' ? table : { level: table.level, va: va(table.va) },
      );
      relocateNamed(t, { id, mm: action.mm, pool: poolOf(t.world, action.pool) }, named);
      return;
    }
    case 'reclaim': {
      const page = entryFrame(startEntry(t.world, at(t.world.mms, action.mm).pgd, va(action.va)));
      reclaim(t, action.mm, va(action.va), page);
      return;
    }
    case 'mremap':
      mremap(t, action.mm, va(action.from), va(action.to));
      return;
    case 'munmap':
      munmap(t, action.mm, action.vas.map(va));
      return;
    case 'fork':
      fork(t, { parent: action.parent, child: action.child, vas: action.vas.map(va) });
      return;
    case 'kernel-thread':
      runKernelThread(t, action.mm);
  }
}

function ipiActor(scenario: Scenario, cpu: number) {
  const t = context(scenario, cpu, ipiPrefix(cpu), 'IPI handler');
  writeIpiHandler(t);
  return {
    info: { id: ipiPrefix(cpu), kind: 'ipi' as const, cpu, name: 'IPI handler' },
    assembled: t.asm.finish(),
    ready: num(1),
    wait: [],
  };
}

function speculationActor(scenario: Scenario) {
  const { cpu, walks } = scenario.switches.speculation ?? { cpu: 0, walks: 0 };
  const t = context(scenario, cpu, specPrefix(cpu), 'speculative walker');
  writeSpeculation(t, scenario.world.vas, walks);
  return {
    info: { id: specPrefix(cpu), kind: 'speculation' as const, cpu, name: 'speculative walker' },
    assembled: t.asm.finish(),
    ready: num(1),
    wait: [],
  };
}

function rcuActor(scenario: Scenario, design: Design, { mmOf }: Relocations) {
  const asm = createAssembler('rcu', 'RCU callbacks');
  writeRcuCallbacks({ asm, world: scenario.world, cpu: -1, design, mmOfRelocation: mmOf });
  return {
    info: { id: 'rcu', kind: 'rcu' as const, cpu: -1, name: 'RCU callbacks' },
    assembled: asm.finish(),
    ready: num(1),
    wait: [],
  };
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

function initialState(scenario: Scenario, layout: Layout): Int32Array {
  const { world } = scenario;
  const words = new Int32Array(layout.words);
  const put = (name: string, value: number, col = 0, row = 0): void => {
    const { offset, cols } = fieldOf(layout, name);
    words[offset + row * cols + col] = value;
  };
  words.set(world.entries, fieldOf(layout, 'entries').offset);
  for (let frame = 1; frame <= world.frames; frame++) put('frame.kind', at(world.kind, frame), frame);
  for (const page of world.dirtyPages) {
    put('frame.dirty', 1, page);
    put('ghost.newer', 1, page);
  }
  for (const [mm, { pgd, cpus }] of world.mms.entries()) {
    put('mm.pgd', pgd, mm);
    put('mm.cpu_vm_mask', cpus, mm);
    for (let cpu = 0; cpu < world.cpus; cpu++)
      if ((cpus & (1 << cpu)) !== 0) startOn({ world, put }, cpu, mm);
    for (const va of world.vas) {
      const start = startEntry(world, pgd, va);
      put('ghost.translation', start & ((-1 << ENTRY_SHIFT) | ENTRY_W), va.id, mm);
      put('ghost.young', (start & ENTRY_A) === 0 ? 0 : 1, va.id, mm);
    }
  }
  return words;
}

interface Start {
  readonly world: World;
  readonly put: (name: string, value: number, col?: number, row?: number) => void;
}

function startOn({ world, put }: Start, cpu: number, mm: number): void {
  const { pgd } = at(world.mms, mm);
  put('cpu.mm', mm + 1, cpu);
  put('cpu.cr3', pgd, cpu);
  if (!world.pdpteRegisters) return;
  for (let i = 0; i < at(world.levels, 0).entries; i++)
    put('cpu.pdpte', at(world.entries, pgd * world.stride + i), i, cpu);
}

/** The leaf entry that a va starts with; 0 when it is not present. */
function startEntry(world: World, pgd: number, va: Va): number {
  let frame = pgd;
  for (let level = 0; level < va.leaf; level++)
    frame = entryFrame(at(world.entries, frame * world.stride + at(va.path, level)));
  const entry = frame === 0 ? 0 : at(world.entries, frame * world.stride + at(va.path, va.leaf));
  return (entry & ENTRY_P) === 0 ? 0 : entry;
}
