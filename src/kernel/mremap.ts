import { bitAnd, bitOr, not, shl } from '../program/expr.ts';
import { set } from '../program/instr.ts';
import { ENTRY_SHIFT, ENTRY_W, frameOf, present } from '../machine/entry.ts';
import { flushMm } from '../machine/mmu.ts';
import { entryVar } from '../machine/thread.ts';
import type { Va } from '../machine/world.ts';
import { becomeQuiescent, type KernelThread } from './context.ts';
import { fillDown } from './fill-down.ts';
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

/** Moves the mapping of one va to another, in another PTE table: both ptls held, the old one taken first. */
export function mremap(t: KernelThread, mm: number, from: Va, to: Va): void {
  const { asm } = t;
  asm.routine('mremap', `${from.name} to ${to.name}`, () => {
    const old = leafOf(t, mm, from, 'old_');
    const fresh = leafOf(t, mm, to, 'new_');
    const [nothing, restart] = [asm.newLabel(), asm.newLabel()];
    downWrite(t, mm);
    asm.place(restart);
    asm.line('walk to the old entry; skip what is empty');
    walkOrSkip(old, nothing);
    asm.line('walk to the new entry, filling what is empty');
    fillDown({
      t,
      place: fresh.place,
      pointers: fresh.pointers,
      leaf: to.leaf,
      restart,
      outOfMemory: nothing,
    });
    asm.line('lock the old ptl, delimbo');
    lockLeaf(old, {
      lookAgain: () => {
        asm.jump(restart);
      },
    });
    asm.line('lock the new ptl inside it (if it is another one), delimbo');
    lockLeaf(fresh, {
      outer: old,
      lookAgain: (outerHeld) => {
        if (outerHeld) unlockLeaf(old);
        asm.jump(restart);
      },
    });
    moveEntry(old, fresh);
    asm.line('unlock both');
    unlockLeaf(fresh, old);
    unlockLeaf(old);
    if (t.design.mremapFlush === 'after-unlock') flushMoved(old);
    asm.place(nothing);
    upWrite(t, mm, becomeQuiescent(t));
  });
}

/** The flush comes last, as mremap had it until 2018: the page can be taken from its new place before it. */
function flushMoved({ t, place, va }: Leaf): void {
  const { asm } = t;
  const empty = asm.newLabel();
  asm.line('flush the old address everywhere');
  asm.branch(not(present(entryVar(t, 'taken').value)), empty);
  flushMm(t, { mm: place.mm, kind: 'page', va: va.id });
  asm.place(empty);
}

const MOVE_LINES = {
  'before-set': 'read and clear the old entry, flush it everywhere, set the new one',
  'before-unlock': 'read and clear the old entry, set the new one, flush the old address everywhere',
  'after-unlock': 'read and clear the old entry, set the new one',
} as const;

function moveEntry(old: Leaf, fresh: Leaf): void {
  const { t } = old;
  const { asm } = t;
  const taken = entryVar(t, 'taken');
  const empty = asm.newLabel();
  const { mremapFlush } = t.design;
  const flush = (): void => {
    flushMm(t, { mm: old.place.mm, kind: 'page', va: old.va.id });
  };
  asm.line(MOVE_LINES[mremapFlush]);
  writeLeaf(old, {
    does: 'read and clear ',
    into: taken,
    value: () => ({ k: 'const', value: 0 }),
    also: [setTranslation(old, 0), set('ghost.young', 0, old.va.id, old.place.mm)],
  });
  clearCopies(old, taken);
  asm.branch(not(present(taken.value)), empty);
  if (mremapFlush === 'before-set') flush();
  writeLeaf(fresh, {
    does: 'set ',
    value: () => taken.value,
    also: [setTranslation(fresh, translationOfEntry(taken.value))],
  });
  if (mremapFlush === 'before-unlock') flush();
  asm.place(empty);
}

/** What the reference model keeps of an entry: the page and W. */
export function translationOfEntry(entry: Parameters<typeof frameOf>[0]): ReturnType<typeof frameOf> {
  return bitOr(shl(frameOf(entry), ENTRY_SHIFT), bitAnd(entry, ENTRY_W));
}
