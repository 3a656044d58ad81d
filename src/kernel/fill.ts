import { at } from '../lib/at.ts';
import { type Expr, num } from '../program/expr.ts';
import { ENTRY_A, ENTRY_P, ENTRY_W, newEntry, present } from '../machine/entry.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { enterKernel } from '../machine/rcu.ts';
import { assign, entryAt, entryName, entryVar, setEntry, showEntry, touch } from '../machine/thread.ts';
import type { World } from '../machine/world.ts';
import {
  allocate,
  becomeQuiescent,
  giveBack,
  judgeWrite,
  type KernelThread,
  type Place,
  tableLockOf,
} from './context.ts';
import { inEachCopy } from './copies.ts';
import { delimboUpper } from './delimbo.ts';
import { type FreshTable, freshFor, freshTables, joinTree } from './fresh-tables.ts';
import { type Pointers, walkAgain } from './pointers.ts';

/** What the kernel writes into an upper entry (x86 _PAGE_TABLE); PAE's top entries have no W and no A (SDM 4.4.1). */
export function tableFlags(world: World, level: number): number {
  return world.pdpteRegisters && level === 0 ? ENTRY_P : ENTRY_P | ENTRY_W | ENTRY_A;
}

/** Sleeping in the kernel: the CPU is quiescent meanwhile. Two steps. */
export function sleep(t: KernelThread, why: string): void {
  t.asm.step({ label: [`may sleep while ${why}`], tag: 'sleep', body: becomeQuiescent(t) });
  t.asm.step({ label: [`wakes up from ${why}`], tag: 'sleep', body: [enterKernel(t)] });
}

export interface Fill {
  readonly place: Place;
  readonly pointers: Pointers;
  /** The level whose entry is empty. */
  readonly level: number;
  readonly lookAgain: () => void;
  readonly outOfMemory: () => void;
}

/** Fills an empty upper entry: allocate a zeroed table, lock, delimbo the entry's table, check again, install. */
export function fill(t: KernelThread, { place, pointers, level, lookAgain, outOfMemory }: Fill): void {
  const { asm } = t;
  const name = at(t.world.levels, level + 1).name;
  const fresh = freshTables(t);
  const giveBackAll = fresh.map(({ table }) => giveBack(table));
  asm.routine('fill', `${name} table for ${place.name}`, () => {
    const [noMemory, there, unlock, out] = [asm.newLabel(), asm.newLabel(), asm.newLabel(), asm.newLabel()];
    asm.line(`allocate a zeroed ${name} table`);
    if (t.allocationSleeps) sleep(t, `allocating a ${name} table`);
    for (const [i, { pool, table }] of fresh.entries())
      allocate(t, { pool, into: table, onEmpty: noMemory, also: giveBackAll.slice(0, i) });
    if (t.allocationSleeps && t.design.faultSleep === 'rewalk') {
      asm.line('it may have slept: walk again');
      walkAgain(t, {
        place,
        pointers,
        level,
        onEmpty: () => {
          asm.local(...giveBackAll);
          lookAgain();
        },
      });
    }
    asm.line('lock page_table_lock, delimbo the entry');
    takeLock(t, tableLockOf(t, place.mm));
    delimboUpper(t, {
      place,
      pointers,
      level,
      onEmpty: () => {
        asm.local(...giveBackAll);
        dropLock(t, tableLockOf(t, place.mm));
        lookAgain();
      },
    });
    checkAndInstall(t, { place, pointers, level, fresh, there });
    asm.jump(unlock);
    asm.place(there);
    asm.line('somebody else was faster: free the new table');
    asm.local(...giveBackAll);
    asm.place(unlock);
    asm.line('unlock page_table_lock');
    dropLock(t, tableLockOf(t, place.mm));
    asm.jump(out);
    asm.place(noMemory);
    outOfMemory();
    asm.place(out);
  });
}

interface Install {
  readonly place: Place;
  readonly pointers: Pointers;
  readonly level: number;
  readonly fresh: readonly FreshTable[];
  readonly there: { target: number };
}

function checkAndInstall(t: KernelThread, { place, pointers, level, fresh, there }: Install): void {
  const { asm } = t;
  const table = at(pointers.tables, level).value;
  const index = at(place.path, level);
  const seen = entryVar(t, 'seen');
  asm.line('if it is still empty: set it');
  asm.step({
    label: ['read ', ...entryName(t, level, index, table), ': ', showEntry(entryAt(table, index))],
    tag: 'read',
    body: [...touch(table, 'a read of an upper entry'), assign(seen, entryAt(table, index))],
  });
  asm.branch(present(seen.value), there);
  const entryFor = (holder: Expr): Expr => newEntry(freshFor(fresh, holder), num(tableFlags(t.world, level)));
  asm.step({
    label: ['set ', ...entryName(t, level, index, table), ' to ', showEntry(entryFor(table))],
    tag: 'write',
    body: [
      ...touch(table, 'setting an upper entry'),
      ...judgeWrite(t, place, table, level),
      setEntry(table, index, entryFor(table)),
      ...joinTree(t, fresh, table),
    ],
  });
  inEachCopy(t, {
    table,
    tag: 'write',
    label: (copy) => ['set ', ...entryName(t, level, index, copy), ' to ', showEntry(entryFor(copy))],
    body: (copy) => [setEntry(copy, index, entryFor(copy))],
  });
}
