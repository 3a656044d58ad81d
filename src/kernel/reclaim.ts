import { get, not } from '../program/expr.ts';
import { set, violate, when } from '../program/instr.ts';
import { ENTRY_A, ENTRY_D, hasAny, present, withoutFlags } from '../machine/entry.ts';
import { flushMm } from '../machine/mmu.ts';
import { enterKernel } from '../machine/rcu.ts';
import { assign, entryVar, numberVar, showFrame } from '../machine/thread.ts';
import { kindNumber, type Va } from '../machine/world.ts';
import { becomeQuiescent, type KernelThread } from './context.ts';
import {
  clearCopies,
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

/** Takes a page away from a process: found by reverse mapping, with no mmap_sem held. */
export function reclaim(t: KernelThread, mm: number, va: Va, page: number): void {
  const { asm } = t;
  asm.routine('reclaim', va.name, () => {
    const leaf = leafOf(t, mm, va);
    const [giveUp, restart, notMapped] = [asm.newLabel(), asm.newLabel(), asm.newLabel()];
    const entry = entryVar(t, 'seen');
    asm.line('enter the kernel: the page is chosen');
    asm.step({
      label: [`reclaim wants the page of ${va.name}, `, showFrame(page)],
      tag: 'enter',
      body: [enterKernel(t)],
    });
    asm.place(restart);
    asm.line('walk down without a lock; give up where nothing is');
    walkOrSkip(leaf, giveUp);
    readLeaf(leaf, entry);
    asm.branch(not(present(entry.value)), giveUp);
    asm.line('read ptl, lock it, delimbo');
    lockLeaf(leaf, {
      lookAgain: () => {
        asm.jump(restart);
      },
    });
    asm.line('if the entry does not map the page: unlock, give up');
    readLeaf(leaf, entry);
    asm.branch(not(mapsPage(entry.value, page)), notMapped);
    testAndClearYoung(leaf);
    unmap(leaf, page);
    asm.line('write the page out if it is dirty, drop it');
    writeOutAndDrop(t, page);
    asm.jump(giveUp);
    asm.place(notMapped);
    unlockLeaf(leaf);
    asm.place(giveUp);
    asm.line('leave');
    asm.step({ label: ['reclaim leaves the kernel'], tag: 'leave', body: becomeQuiescent(t) });
  });
}

function testAndClearYoung(leaf: Leaf): void {
  const { t, va, place } = leaf;
  const { asm } = t;
  const young = entryVar(t, 'young');
  const old = asm.newLabel();
  asm.line('test and clear young; if it was set: flush this page everywhere');
  writeLeaf(leaf, {
    does: 'test and clear young in ',
    into: young,
    onlyIf: (now) => hasAny(now, ENTRY_A),
    value: (now) => withoutFlags(now, ENTRY_A),
    also: [set('ghost.young', 0, va.id, place.mm)],
  });
  asm.branch(not(hasAny(young.value, ENTRY_A)), old);
  flushMm(t, { mm: place.mm, kind: 'page', va: va.id });
  asm.place(old);
}

function unmap(leaf: Leaf, page: number): void {
  const { t, va, place } = leaf;
  const { asm } = t;
  const taken = entryVar(t, 'taken');
  const clean = asm.newLabel();
  asm.line('read and clear the entry, flush this page everywhere');
  writeLeaf(leaf, {
    does: 'read and clear ',
    into: taken,
    value: () => ({ k: 'const', value: 0 }),
    also: [setTranslation(leaf, 0), set('ghost.young', 0, va.id, place.mm)],
  });
  clearCopies(leaf, taken);
  flushMm(t, { mm: place.mm, kind: 'page', va: va.id });
  asm.line('if the entry was dirty: mark the page dirty; unlock');
  asm.branch(not(hasAny(taken.value, ENTRY_D)), clean);
  asm.step({ label: ['mark ', showFrame(page), ' dirty'], tag: 'page', body: [set('frame.dirty', 1, page)] });
  asm.place(clean);
  unlockLeaf(leaf);
}

/** Dirty: written out, then clean, then dropped. Clean: dropped. What was written since is lost. */
function writeOutAndDrop(t: KernelThread, page: number): void {
  const { asm } = t;
  const dirty = numberVar(t, 'dirty', 1);
  const drop = asm.newLabel();
  asm.step({
    label: ['look whether ', showFrame(page), ' is dirty'],
    tag: 'page',
    body: [assign(dirty, get('frame.dirty', page))],
  });
  asm.branch(not(dirty.value), drop);
  asm.step({
    label: ['write ', showFrame(page), ' out: it is clean now'],
    tag: 'page',
    body: [set('frame.dirty', 0, page), set('ghost.newer', 0, page)],
  });
  asm.place(drop);
  asm.step({
    label: ['drop ', showFrame(page)],
    tag: 'drop',
    body: [
      ...when(get('ghost.newer', page), [
        violate(
          'no-lost-dirty',
          showFrame(page),
          ' is dropped as clean, but it was written to since it was last clean',
        ),
      ]),
      set('frame.kind', kindNumber('dropped'), page),
    ],
  });
}
