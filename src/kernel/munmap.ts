import { at } from '../lib/at.ts';
import { eq, not } from '../program/expr.ts';
import { set, type Stmt, when } from '../program/instr.ts';
import { ENTRY_D, frameOf, hasAll, present } from '../machine/entry.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import {
  assign,
  entryAt,
  entryName,
  entryVar,
  setEntry,
  showFrame,
  tableVar,
  touch,
  type Var,
} from '../machine/thread.ts';
import { kindNumber, type Va } from '../machine/world.ts';
import { becomeQuiescent, emptyDereference, judgeWrite, type KernelThread, tableLockOf } from './context.ts';
import { inEachCopy } from './copies.ts';
import { delimboUpper } from './delimbo.ts';
import { flushProcess } from './flush-process.ts';
import { freeTable } from './free-old.ts';
import { dropLinksOf, forgetting } from './links.ts';
import {
  clearCopies,
  type Leaf,
  leafOf,
  lockLeaf,
  setTranslation,
  unlockLeaf,
  walkOrSkip,
  writeLeaf,
} from './leaf.ts';
import { downWrite, upWrite } from './mmap-sem.ts';

/** Unmaps vas that share a PTE table, which is empty afterwards: entries, then the table, then a flush, then the frees. */
export function munmap(t: KernelThread, mm: number, vas: readonly Va[]): void {
  const { asm } = t;
  const first = at(vas, 0);
  asm.routine('munmap', vas.map((va) => va.name).join(', '), () => {
    const leaf = leafOf(t, mm, first);
    const [nothing, restart] = [asm.newLabel(), asm.newLabel()];
    const freed = tableVar(t, 'freed');
    downWrite(t, mm);
    asm.place(restart);
    asm.line('walk down; skip what is empty');
    asm.local(assign(freed, 0));
    walkOrSkip(leaf, nothing);
    asm.line('lock the ptl, delimbo');
    lockLeaf(leaf, {
      lookAgain: () => {
        asm.jump(restart);
      },
    });
    for (const va of vas) clearEntry({ ...leaf, va, place: { ...leafOf(t, mm, va).place } });
    asm.line('unlock');
    unlockLeaf(leaf);
    unlinkTable(leaf, freed);
    const flush = (): void => {
      asm.line('flush the process');
      flushProcess(t, mm);
    };
    if (t.design.tableFreeOrder === 'after-flush') flush();
    asm.line('free the table');
    freeUnlinked(t, freed);
    if (t.design.tableFreeOrder === 'before-flush') flush();
    asm.place(nothing);
    upWrite(t, mm, becomeQuiescent(t));
  });
}

function clearEntry(leaf: Leaf): void {
  const { t, va, place } = leaf;
  const { asm } = t;
  const taken = entryVar(t, 'taken');
  const clean = asm.newLabel();
  asm.line(`read and clear the entry of ${va.name}; a dirty file page is marked dirty`);
  writeLeaf(leaf, {
    does: 'read and clear ',
    into: taken,
    value: () => ({ k: 'const', value: 0 }),
    also: [setTranslation(leaf, 0), set('ghost.young', 0, va.id, place.mm)],
  });
  clearCopies(leaf, taken);
  asm.branch(not(hasAll(taken.value, ENTRY_D)), clean);
  const page = frameOf(taken.value);
  asm.step({ label: ['mark ', showFrame(page), ' dirty'], tag: 'page', body: markDirty(page, taken) });
  asm.place(clean);
}

function markDirty(page: ReturnType<typeof frameOf>, taken: Var): readonly Stmt[] {
  return when(present(taken.value), [set('frame.dirty', 1, page)]);
}

/** Clears the parent entry: the table is out of the tree, but CPUs may still walk it until the flush. */
function unlinkTable(leaf: Leaf, freed: Var): void {
  const { t, place, pointers } = leaf;
  const { asm, design } = t;
  const level = t.world.levels.length - 2;
  const locked = design.freeTableLock === 'page-table-lock';
  const again = asm.newLabel();
  asm.place(again);
  asm.line(
    locked ? 'lock page_table_lock, delimbo, clear the parent entry' : 'clear the parent entry, no lock held',
  );
  if (locked) {
    takeLock(t, tableLockOf(t, place.mm));
    delimboUpper(t, {
      place,
      pointers,
      level,
      onEmpty: () => {
        dropLock(t, tableLockOf(t, place.mm));
        asm.jump(again);
      },
    });
  }
  const table = at(pointers.tables, level).value;
  const index = at(place.path, level);
  const entry = entryAt(table, index);
  asm.step({
    label: ['read and clear ', ...entryName(t, level, index, table)],
    tag: 'write',
    body: [
      ...touch(table, 'clearing the parent entry'),
      assign(freed, frameOf(entry)),
      ...when(
        present(entry),
        [
          ...judgeWrite(t, place, table, level),
          set('frame.kind', kindNumber('unlinked'), frameOf(entry)),
          setEntry(table, index, 0),
        ],
        design.emptyUpper === 'trust' ? emptyDereference(t, level, index, table) : [],
      ),
    ],
  });
  inEachCopy(t, {
    table,
    tag: 'write',
    label: (copy) => ['clear ', ...entryName(t, level, index, copy)],
    body: (copy) => [setEntry(copy, index, 0)],
  });
  if (design.unlinkOnFree === 'under-lock') forgetLinks(t, freed);
  if (locked) dropLock(t, tableLockOf(t, place.mm));
  if (design.emptyUpper === 'look-again') asm.branch(eq(freed.value, 0), again);
}

/** unlinkOnFree=under-lock: nobody finds the table through a link once it is out of the tree. */
function forgetLinks(t: KernelThread, freed: Var): void {
  const nothing = t.asm.newLabel();
  t.asm.branch(eq(freed.value, 0), nothing);
  dropLinksOf(t, freed.value);
  t.asm.place(nothing);
}

/** The table is freed; with replicas=per-node its copies too. */
function freeUnlinked(t: KernelThread, freed: Var): void {
  if (t.design.unlinkOnFree === 'yes') dropLinksOf(t, freed.value);
  inEachCopy(t, {
    table: freed.value,
    tag: 'free',
    label: (copy) => ['free ', showFrame(copy)],
    body: (copy) => [...(t.design.unlinkOnFree === 'no' ? [] : forgetting(t, copy)), ...freeTable(copy)],
  });
  t.asm.step({ label: ['free ', showFrame(freed.value)], tag: 'free', body: freeTable(freed.value) });
}
