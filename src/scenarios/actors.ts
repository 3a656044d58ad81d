import type { KernelThread } from '../kernel/context.ts';
import type { Design } from '../kernel/design.ts';
import { fault } from '../kernel/fault.ts';
import { fork } from '../kernel/fork.ts';
import { runKernelThread } from '../kernel/lazy.ts';
import { madvise, migrateCollect } from '../kernel/migrate-collect.ts';
import { mremap } from '../kernel/mremap.ts';
import { munmap } from '../kernel/munmap.ts';
import { writeRcuCallbacks } from '../kernel/rcu-callbacks.ts';
import { reclaim } from '../kernel/reclaim.ts';
import { fromFrames, fromNode, relocateMm, relocateNamed } from '../kernel/relocate-mm.ts';
import { at } from '../lib/at.ts';
import { writeAccess, writeSpeculation } from '../machine/access.ts';
import { entryFrame } from '../machine/entry.ts';
import { cpuPrefix, ipiPrefix, type MmuContext, specPrefix, writeIpiHandler } from '../machine/mmu.ts';
import type { Pool, Va, World } from '../machine/world.ts';
import { createAssembler } from '../program/assembler.ts';
import { eq, get, num } from '../program/expr.ts';
import type { Relocations } from './build.ts';
import { startEntry } from './initial-state.ts';
import type { Scenario } from './scenario.ts';
import type { Action, ThreadScript } from './script.ts';

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

export function threadActor(
  scenario: Scenario,
  design: Design,
  script: ThreadScript,
  relocations: Relocations,
) {
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
      relocateMm(t, { id, mm, pool: poolOf(t.world, pool), ...fromNode(source) });
      return;
    }
    case 'relocate-range': {
      const id = relocations.mmOf.push(action.mm) - 1;
      relocations.tables = Math.max(relocations.tables, t.world.tableFrames);
      const { mm, first, count, pool } = action;
      const left = fromFrames(t.world, first, count);
      relocateMm(t, { id, mm, pool: poolOf(t.world, pool), ...left });
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
    case 'reclaim':
      reclaim(t, action.mm, va(action.va), pageAtStart(t.world, action.mm, va(action.pageOf ?? action.va)));
      return;
    case 'migrate-collect':
      migrateCollect(t, taking(t.world, action.mm, va(action.va)));
      return;
    case 'madvise':
      madvise(t, taking(t.world, action.mm, va(action.va)));
      return;
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

/** The page that a va maps before the first step. */
function pageAtStart(world: World, mm: number, va: Va): number {
  return entryFrame(startEntry(world, at(world.mms, mm).pgd, va));
}

const taking = (world: World, mm: number, va: Va) => ({ mm, va, page: pageAtStart(world, mm, va) });

export function ipiActor(scenario: Scenario, cpu: number) {
  const t = context(scenario, cpu, ipiPrefix(cpu), 'IPI handler');
  writeIpiHandler(t);
  return {
    info: { id: ipiPrefix(cpu), kind: 'ipi' as const, cpu, name: 'IPI handler' },
    assembled: t.asm.finish(),
    ready: num(1),
    wait: [],
  };
}

export function speculationActor(scenario: Scenario) {
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

export function rcuActor(scenario: Scenario, design: Design, { mmOf }: Relocations) {
  const asm = createAssembler('rcu', 'RCU callbacks');
  writeRcuCallbacks({ asm, world: scenario.world, cpu: -1, design, mmOfRelocation: mmOf });
  return {
    info: { id: 'rcu', kind: 'rcu' as const, cpu: -1, name: 'RCU callbacks' },
    assembled: asm.finish(),
    ready: num(1),
    wait: [],
  };
}
