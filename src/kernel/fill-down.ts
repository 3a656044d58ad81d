import type { Label } from '../program/assembler.ts';
import { present } from '../machine/entry.ts';
import type { KernelThread, Place } from './context.ts';
import { fill } from './fill.ts';
import { ifEmpty, type Pointers, readTop, readUpper, stepDown } from './pointers.ts';

export interface FillDown {
  readonly t: KernelThread;
  readonly place: Place;
  readonly pointers: Pointers;
  /** Level of the leaf: pointers are set down to its table. */
  readonly leaf: number;
  /** Where a design that looks again starts anew. */
  readonly restart: Label;
  readonly outOfMemory: Label;
}

/** Walks down from mm.pgd without a lock, one read per step, filling upper entries that are empty. */
export function fillDown({ t, place, pointers, leaf, restart, outOfMemory }: FillDown): void {
  const { asm } = t;
  const lookAgain = (): void => {
    asm.jump(restart);
  };
  readTop(t, place.mm, pointers);
  for (let level = 0; level < leaf; level++) {
    const there = asm.newLabel();
    readUpper(t, { place, pointers, level, read: 'first' });
    asm.branch(present(pointers.upper.value), there);
    fill(t, {
      place,
      pointers,
      level,
      lookAgain,
      outOfMemory: () => {
        asm.jump(outOfMemory);
      },
    });
    readUpper(t, { place, pointers, level, read: 'again' });
    ifEmpty(t, pointers, lookAgain);
    asm.place(there);
    stepDown(t, pointers, level);
  }
}
