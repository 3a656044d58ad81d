import { at } from '../lib/at.ts';
import {
  assign,
  entryAt,
  entryName,
  numberVar,
  setEntry,
  showEntry,
  showFrame,
  touch,
  type Var,
} from '../machine/thread.ts';
import { add, bitAnd, bitOr, each, type Expr, lt } from '../program/expr.ts';
import type { Stmt } from '../program/instr.ts';
import { ENTRY_LEAF } from '../machine/entry.ts';
import { bottomOf, allocate, type KernelThread } from './context.ts';
import { type Copies, copyRowOnNode, entryOnNode } from './drop-copy.ts';
import { sleep } from './fill.ts';
import { leafFound } from './links.ts';
import type { Relocation } from './relocation.ts';

/** The allocation may sleep, so the CPU counts as quiescent meanwhile; and it may fail. */
export function allocateFrame({ t, pool, noMemory }: Relocation, fresh: Var): void {
  t.asm.line('allocate the new frame (may sleep)');
  sleep(t, 'allocating the new frame');
  allocate(t, { pool, into: fresh, onEmpty: noMemory, also: [{ k: 'reach', moment: 'no-memory' }] });
}

export interface CopyTable {
  readonly from: Expr;
  readonly to: Expr;
  readonly level: number;
  /** replicas=per-node: entries that lead to tables are set to those of the destination node. */
  readonly copies: Copies | null;
}

/** Copies all entries; the hardware may set A or D in the old ones meanwhile. */
export function copyTable(t: KernelThread, { from, to, level, copies }: CopyTable): void {
  const { asm, world } = t;
  const { entries, name } = at(world.levels, level);
  asm.line('copy the entries');
  const leaf = leafFound(t, level);
  const look = (value: Expr): readonly Stmt[] =>
    leaf === null ? [] : [assign(leaf, bitOr(leaf.value, bitAnd(value, ENTRY_LEAF)))];
  const reading = touch(from, 'copying a table');
  if (leaf !== null) asm.local(assign(leaf, 0));
  const upper = copies !== null && level < bottomOf(t) ? copies : null;
  if (world.wholeTableSteps) {
    asm.step({
      label: [`copy the ${name} table in `, showFrame(from), ' to ', showFrame(to)],
      tag: 'copy',
      body: [
        ...reading,
        upper === null
          ? { k: 'copy-row', field: 'entries', to, from }
          : copyRowOnNode(t, { from, to, level }, upper),
        ...(leaf === null ? [] : [{ k: 'each', count: entries, body: look(entryAt(from, each)) } as const]),
      ],
    });
    return;
  }
  const index = numberVar(t, 'copied', entries);
  const again = asm.newLabel();
  const entry = entryAt(from, index.value);
  asm.local(assign(index, 0));
  asm.place(again);
  asm.step({
    label: [
      'copy ',
      ...entryName(t, level, index.value, from),
      ' to ',
      showFrame(to),
      ': ',
      showEntry(entry),
    ],
    tag: 'copy',
    body: [
      ...reading,
      setEntry(to, index.value, upper === null ? entry : entryOnNode(t, entry, upper)),
      ...look(entry),
      assign(index, add(index.value, 1)),
    ],
  });
  asm.branch(lt(index.value, entries), again);
}
