import { at } from '../lib/at.ts';
import { ENTRY_LEAF, ENTRY_P, ENTRY_SHIFT, frameOf, hasAll, newEntry } from '../machine/entry.ts';
import { copyBefore, copyOn, firstCopy, guardOf, nextCopy } from '../machine/replicas.ts';
import {
  assign,
  entryAt,
  numberVar,
  setEntry,
  showFrame,
  tableVar,
  touch,
  type Var,
} from '../machine/thread.ts';
import { kindNumber } from '../machine/world.ts';
import { add, and, bitAnd, cond, each, eq, type Expr, lt, ne, not } from '../program/expr.ts';
import { set, type Stmt, when } from '../program/instr.ts';
import { mergeInto, moveBits } from './ad-bits.ts';
import { bottomOf, type KernelThread } from './context.ts';
import type { Relocation } from './relocation.ts';

/**
 * replicas=per-node: what moving a table means where it has copies. The copy that leaves is dropped: everything that led to it leads
 * to the copy on the destination node. Where that node has none, one is added, in the new frame, and takes its place in the ring.
 */
export interface Copies {
  /** The table that the tree of mm.pgd leads to. */
  readonly lead: Var;
  /** The copy whose ptl guards them all. */
  readonly guard: Var;
  /** The copy that is on the destination node already; 0 for none. */
  readonly there: Var;
  readonly destination: number;
}

export function copiesOf({ t, pool }: Relocation): Copies | null {
  if (t.world.replicas === null) return null;
  const destination = t.world.node[pool.base] ?? 0;
  return {
    lead: tableVar(t, 'rel_lead'),
    guard: tableVar(t, 'rel_guard'),
    there: tableVar(t, 'rel_there'),
    destination,
  };
}

export interface Chosen {
  readonly old: Var;
  readonly fresh: Var;
}

/**
 * Which copy leaves, and whether the destination has one: then the new frame goes back. Work on what page_table_lock guards, together
 * with the step that found the table.
 */
export function chooseCopy(
  { t, leaves }: Relocation,
  copies: Copies,
  { old, fresh }: Chosen,
): readonly Stmt[] {
  const { world } = t;
  const { lead, guard, there, destination } = copies;
  const leaving = firstCopy(world, lead.value, leaves);
  const onDestination = copyOn(world, lead.value, destination);
  return [
    assign(guard, guardOf(world, lead.value)),
    assign(old, cond(ne(leaving, 0), leaving, lead.value)),
    assign(there, cond(eq(onDestination, old.value), 0, onDestination)),
    ...when(ne(there.value, 0), [
      set('frame.kind', kindNumber('free'), fresh.value),
      assign(fresh, there.value),
    ]),
  ];
}

/** An entry as the copy on a node has it: where it leads to a table that has a copy there, it leads to that one. */
export function entryOnNode({ world }: KernelThread, entry: Expr, { destination }: Copies): Expr {
  const below = copyOn(world, frameOf(entry), destination);
  const table = and(hasAll(entry, ENTRY_P), not(hasAll(entry, ENTRY_LEAF)), ne(below, 0));
  return cond(table, newEntry(below, bitAnd(entry, 2 ** ENTRY_SHIFT - 1)), entry);
}

export interface BitsOver {
  readonly from: Expr;
  readonly to: Expr;
  readonly level: number;
}

/** The destination has a copy: instead of copying, A and D of the copy that leaves are or-ed into it, entry by entry. */
export function bitsIntoCopy(t: KernelThread, { from, to, level }: BitsOver): void {
  const { asm, world } = t;
  const mapsPages = level === bottomOf(t) || world.vas.some(({ leaf }) => leaf === level);
  if (!mapsPages) return;
  const { entries } = at(world.levels, level);
  asm.line('or A and D of the copy that leaves into the one that stays');
  if (world.wholeTableSteps) {
    const body = mergeInto(t, {
      target: entryAt(to, each),
      bits: entryAt(from, each),
      to,
      index: each,
      level,
    });
    asm.step({
      label: ['or A and D of ', showFrame(from), ' into ', showFrame(to)],
      tag: 'merge',
      body: [...touch(from, 'the merge of A and D'), { k: 'each', count: entries, body }],
    });
    return;
  }
  const index = numberVar(t, 'merged', entries);
  const again = asm.newLabel();
  asm.local(assign(index, 0));
  asm.place(again);
  moveBits(t, { from, to, index: index.value, level, clear: false });
  asm.local(assign(index, add(index.value, 1)));
  asm.branch(lt(index.value, entries), again);
}

/** The copy that leaves goes out of its ring; a new one takes its place. Joins the step that swings the first entry. */
export function changeRing(t: KernelThread, { there }: Copies, { old, fresh }: Chosen): readonly Stmt[] {
  if (t.world.replicas === null) return [];
  const before = tableVar(t, 'rel_before');
  const after = nextCopy(old.value);
  return [
    assign(before, copyBefore(t.world, old.value)),
    ...when(ne(before.value, 0), [
      ...when(
        ne(there.value, 0),
        [set('frame.replica', cond(eq(after, before.value), 0, after), before.value)],
        [set('frame.replica', after, fresh.value), set('frame.replica', fresh.value, before.value)],
      ),
      set('frame.replica', 0, old.value),
    ]),
  ];
}

/** All entries of a row, each as the destination's copy has it: for worlds that copy a table in one step. */
export function copyRowOnNode(t: KernelThread, { from, to, level }: BitsOver, copies: Copies): Stmt {
  const { entries } = at(t.world.levels, level);
  const body = [setEntry(to, each, entryOnNode(t, entryAt(from, each), copies))];
  return { k: 'each', count: entries, body };
}
