import { not } from '../program/expr.ts';
import { set, type Stmt } from '../program/instr.ts';
import { ENTRY_D, frameOf, hasAll, present } from '../machine/entry.ts';
import { flushMm } from '../machine/mmu.ts';
import { entryVar, showFrame, type Var } from '../machine/thread.ts';
import { kindNumber, type Va } from '../machine/world.ts';
import type { KernelThread } from './context.ts';
import {
  type Leaf,
  leafOf,
  lockLeaf,
  mapsPage,
  readLeaf,
  setTranslation,
  unlockLeaf,
  walkOrSkip,
  writeLeaf,
} from './leaf.ts';
import { downRead, upReadAndLeave } from './mmap-sem.ts';

/** A page of a process that somebody is about to take, and where it is mapped. */
interface Taking {
  readonly mm: number;
  readonly va: Va;
  readonly page: number;
}

/**
 * Takes a page out of a process to move it elsewhere (migrate_vma_collect_pmd, mm/migrate_device.c): clears its entry, flushes,
 * and has the page for itself. `collectFlush` says whether the flush comes before the ptl is released.
 */
export function migrateCollect(t: KernelThread, { mm, va, page }: Taking): void {
  const { asm, design } = t;
  asm.routine('migrate_vma_collect', va.name, () => {
    const leaf = leafOf(t, mm, va);
    const [nothing, notMapped] = [asm.newLabel(), asm.newLabel()];
    const taken = lockAndRead(leaf, nothing);
    asm.line('if the entry does not map the page: unlock, leave');
    asm.branch(not(mapsPage(taken.value, page)), notMapped);
    clear(leaf, taken);
    const flush = (): void => {
      asm.line('flush the page everywhere');
      flushMm(t, { mm, kind: 'page', va: va.id });
    };
    if (design.collectFlush === 'before-unlock') flush();
    asm.line('unlock');
    unlockLeaf(leaf);
    if (design.collectFlush === 'after-unlock') flush();
    asm.line('the page is moved away; its frame belongs to somebody else');
    asm.step({ label: ['move the contents of ', showFrame(page), ' away'], tag: 'drop', body: drop(page) });
    asm.jump(nothing);
    asm.place(notMapped);
    unlockLeaf(leaf);
    asm.place(nothing);
    upReadAndLeave(t, mm);
  });
}

/**
 * madvise(MADV_DONTNEED) of one page: once it has returned, the process cannot reach what the address mapped before. It
 * flushes only where it found something to clear.
 */
export function madvise(t: KernelThread, { mm, va, page }: Taking): void {
  const { asm } = t;
  asm.routine('madvise_dontneed', va.name, () => {
    const leaf = leafOf(t, mm, va);
    const [nothing, empty] = [asm.newLabel(), asm.newLabel()];
    const taken = lockAndRead(leaf, nothing);
    asm.line('if the entry is present: clear it, flush the page everywhere');
    asm.branch(not(present(taken.value)), empty);
    clear(leaf, taken);
    flushMm(t, { mm, kind: 'page', va: va.id });
    asm.step({
      label: ['give up ', showFrame(frameOf(taken.value))],
      tag: 'drop',
      body: [set('frame.kind', kindNumber('dropped'), frameOf(taken.value))],
    });
    asm.place(empty);
    asm.line('unlock');
    unlockLeaf(leaf);
    asm.place(nothing);
    asm.line('what was mapped here is the process’s no more');
    asm.step({
      label: ['madvise is done: ', showFrame(page), ' is given up'],
      tag: 'drop',
      body: drop(page),
    });
    upReadAndLeave(t, mm);
  });
}

const drop = (page: number): readonly Stmt[] => [set('frame.kind', kindNumber('dropped'), page)];

/** mmap_sem for reading, the walk, the ptl, and the entry as it is under it. */
function lockAndRead(leaf: Leaf, nothing: Parameters<typeof walkOrSkip>[1]): Var {
  const { t, place } = leaf;
  const { asm } = t;
  const restart = asm.newLabel();
  const taken = entryVar(t, 'taken');
  downRead(t, place.mm);
  asm.place(restart);
  asm.line('walk down; skip what is empty');
  walkOrSkip(leaf, nothing);
  asm.line('lock the ptl, delimbo');
  lockLeaf(leaf, {
    lookAgain: () => {
      asm.jump(restart);
    },
  });
  readLeaf(leaf, taken);
  return taken;
}

/** Reads and clears the entry; a dirty one marks its page. */
function clear(leaf: Leaf, taken: Var): void {
  const { t, va, place } = leaf;
  const { asm } = t;
  const clean = asm.newLabel();
  asm.line('read and clear the entry; if it was dirty, mark the page');
  writeLeaf(leaf, {
    does: 'read and clear ',
    into: taken,
    value: () => ({ k: 'const', value: 0 }),
    also: [setTranslation(leaf, 0), set('ghost.young', 0, va.id, place.mm)],
  });
  asm.branch(not(hasAll(taken.value, ENTRY_D)), clean);
  const page = frameOf(taken.value);
  asm.step({ label: ['mark ', showFrame(page), ' dirty'], tag: 'page', body: [set('frame.dirty', 1, page)] });
  asm.place(clean);
}
