import { not } from '../program/expr.ts';
import { ENTRY_W, hasAll, present, withoutFlags } from '../machine/entry.ts';
import { takeLock } from '../machine/locks.ts';
import { entryVar } from '../machine/thread.ts';
import type { Va } from '../machine/world.ts';
import { at } from '../lib/at.ts';
import { becomeQuiescent, type KernelThread, ptlOf } from './context.ts';
import { fillDown } from './fill-down.ts';
import { flushProcess } from './flush-process.ts';
import {
  gatherLeafBits,
  type Leaf,
  leafOf,
  lockLeaf,
  pteTable,
  readLeaf,
  readPtl,
  setTranslation,
  unlockLeaf,
  walkOrSkip,
  writeLeaf,
} from './leaf.ts';
import { changeCopies } from './limbo-copies.ts';
import { downWrite, upWrite } from './mmap-sem.ts';
import { translationOfEntry } from './mremap.ts';

export interface Fork {
  readonly parent: number;
  readonly child: number;
  /** The vas of one PTE table of the parent. */
  readonly vas: readonly Va[];
}

/** Copies the entries of a PTE table into a new process, write-protected on both sides: child's ptl, then the parent's. */
export function fork(t: KernelThread, { parent, child, vas }: Fork): void {
  const { asm } = t;
  const first = at(vas, 0);
  asm.routine('fork', `${at(t.world.mms, parent).name} to ${at(t.world.mms, child).name}`, () => {
    const source = leafOf(t, parent, first, 'src_');
    const target = leafOf(t, child, first, 'dst_');
    const [nothing, restart] = [asm.newLabel(), asm.newLabel()];
    downWrite(t, parent);
    asm.place(restart);
    asm.line('walk to the parent’s table; skip what is empty');
    walkOrSkip(source, nothing);
    asm.line('fill the child’s table, lock its ptl');
    fillDown({
      t,
      place: target.place,
      pointers: target.pointers,
      leaf: first.leaf,
      restart,
      outOfMemory: nothing,
    });
    readPtl(target, () => {
      asm.jump(restart);
    });
    takeLock(t, ptlOf(t, child, target.ptl.value));
    asm.line('lock the parent’s ptl inside it, delimbo');
    lockLeaf(source, {
      outer: target,
      lookAgain: (outerHeld) => {
        if (outerHeld) unlockLeaf(target);
        asm.jump(restart);
      },
    });
    for (const va of vas) copyEntry(forVa(source, va), forVa(target, va));
    asm.line('unlock both');
    unlockLeaf(source, target);
    unlockLeaf(target);
    asm.place(nothing);
    asm.line('flush the parent: its writable translations are gone');
    flushProcess(t, parent);
    upWrite(t, parent, becomeQuiescent(t));
  });
}

/** The same pointers, for another va of the table. */
function forVa(leaf: Leaf, va: Va): Leaf {
  return { ...leaf, va, place: leafOf(leaf.t, leaf.place.mm, va).place };
}

function copyEntry(source: Leaf, target: Leaf): void {
  const { t, va } = source;
  const { asm } = t;
  const entry = entryVar(t, 'copied');
  const [next, readOnly] = [asm.newLabel(), asm.newLabel()];
  asm.line(`copy the entry of ${va.name}: write-protect the parent’s, set the child’s without W`);
  readLeaf(source, entry);
  gatherLeafBits(source, entry);
  asm.branch(not(present(entry.value)), next);
  asm.branch(not(hasAll(entry.value, ENTRY_W)), readOnly);
  writeLeaf(source, {
    does: 'write-protect ',
    value: (now) => withoutFlags(now, ENTRY_W),
    also: [setTranslation(source, translationOfEntry(withoutFlags(entry.value, ENTRY_W)))],
  });
  changeCopies(t, {
    place: source.place,
    level: va.leaf,
    table: pteTable(source),
    what: 'write-protect',
    value: (now) => withoutFlags(now, ENTRY_W),
  });
  asm.place(readOnly);
  const copy = withoutFlags(entry.value, ENTRY_W);
  writeLeaf(target, {
    does: 'set ',
    value: () => copy,
    also: [setTranslation(target, translationOfEntry(copy))],
  });
  asm.place(next);
}
