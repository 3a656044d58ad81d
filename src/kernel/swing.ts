import { at } from '../lib/at.ts';
import { entryPlace } from '../machine/current.ts';
import { frameOf, newEntry, present } from '../machine/entry.ts';
import type { Lock } from '../machine/locks.ts';
import { nodeOf } from '../machine/replicas.ts';
import { entryAt, entryName, setEntry, showFrame, touch, type Var } from '../machine/thread.ts';
import { and, eq, type Expr, not, num, or } from '../program/expr.ts';
import { set, type Stmt, type Template, when } from '../program/instr.ts';
import { judgeWrite, type Place } from './context.ts';
import { inEachCopy } from './copies.ts';
import { changeRing, type Copies } from './drop-copy.ts';
import { tableFlags } from './fill.ts';
import { flushProcess } from './flush-process.ts';
import { queueOld } from './free-old.ts';
import { intoLimbo } from './into-limbo.ts';
import { irqsRestore } from './irqs.ts';
import { linkIfMapping } from './links.ts';
import type { Pointers } from './pointers.ts';
import type { Relocation } from './relocation.ts';
import { heededOthers, type OtherParent, writeOthers } from './sharing.ts';

/** The table that is moved: the one of `level` under the entry of level - 1 that `place` names. */
export interface Target {
  readonly place: Place;
  /** 1 or more: the top is moved by `relocateTop`. */
  readonly level: number;
  /** Set to 1 when the table was moved. */
  readonly moved: Var;
  /** The frame it moves to. */
  readonly fresh: Var;
  /** The caller's pointers to the tables above, by level; without them relocate_table walks down by itself. */
  readonly above?: readonly Var[];
}

/** One table on its way: locks are held from when `old` is found until it is in limbo. */
export interface Moving {
  readonly r: Relocation;
  readonly target: Target;
  readonly pointers: Pointers;
  readonly old: Var;
  readonly ptl: Lock | null;
  /** replicas=per-node: which of its copies there are; else null. */
  readonly copies: Copies | null;
}

function parentOf({ target, pointers }: Moving): { table: Expr; index: Expr; level: number } {
  const level = target.level - 1;
  return { table: at(pointers.tables, level).value, index: at(target.place.path, level), level };
}

/** Order invalidate-first: no CPU can reach the table while it is copied. */
export function clearAndFlush(m: Moving, parents: readonly OtherParent[]): void {
  const { r, target, old } = m;
  const { t, mm } = r;
  const { table, index, level } = parentOf(m);
  t.asm.line('clear the parent entry, flush, wait: nobody can walk here now');
  irqsRestore(t);
  const clearing = (holder: Expr): readonly Stmt[] =>
    when(leadsToOld(m, holder), [
      setEntry(holder, index, 0),
      set('ghost.to_be_set', target.fresh.value, mm, rowOf(m, holder)),
      set('ghost.cleared_at', entryPlace(t, holder, index), mm, rowOf(m, holder)),
      set('ghost.cleared_table', old.value, mm, rowOf(m, holder)),
    ]);
  t.asm.step({
    label: ['clear ', ...entryName(t, level, index, table)],
    tag: 'write',
    body: [
      ...touch(table, 'clearing the parent entry'),
      ...judgeWrite(t, target.place, table, level),
      ...clearing(table),
    ],
  });
  inEachCopy(t, {
    table,
    tag: 'write',
    label: (copy) => [
      'clear ',
      ...entryName(t, level, index, copy),
      ', if it leads to ',
      showFrame(old.value),
    ],
    body: clearing,
  });
  writeOthers(t, parents, { old: old.value, fresh: null, copies: m.copies });
  for (const one of [mm, ...heededOthers(t, mm, target.level)]) flushProcess(t, one);
}

/** Steps 7 to 9: link, queue, swing. */
export function linkAndSwing(m: Moving, parents: readonly OtherParent[]): void {
  const { r, target, old } = m;
  const { t } = r;
  const { fresh, level, place } = target;
  linkIfMapping(t, { old: old.value, fresh: fresh.value, level });
  queueOld(r, old.value, level);
  const { table, index, level: parent } = parentOf(m);
  const [from, to] = [showFrame(old.value), showFrame(fresh.value)];
  const onlyIf: Template = m.copies === null ? [] : [', if it led there or is on the node of ', to];
  const label = (holder: Expr): Template => [
    'swing ',
    ...entryName(t, parent, index, holder),
    ' from ',
    from,
    ' to ',
    to,
    ...onlyIf,
  ];
  t.asm.line('write the parent entry: the old table is in limbo');
  t.asm.step({
    label: label(table),
    tag: 'swing',
    body: [
      ...touch(table, 'setting the parent entry'),
      ...judgeWrite(t, place, table, parent),
      ...swinging(m, table),
      ...(m.copies === null ? [] : changeRing(t, m.copies, { old, fresh })),
      ...intoLimbo(old.value, fresh.value),
      ...initialisePtl(m),
    ],
  });
  inEachCopy(t, {
    table,
    tag: 'swing',
    label,
    body: (copy) => swinging(m, copy),
  });
  writeOthers(t, parents, { old: old.value, fresh: fresh.value, copies: m.copies });
}

/** The parent entry in one holder leads to the new table, and nothing is cleared there any more. */
function swinging(m: Moving, holder: Expr): readonly Stmt[] {
  const { r, target } = m;
  const { index, level } = parentOf(m);
  const value = newEntry(target.fresh.value, tableFlags(r.t.world, level));
  return when(isToSwing(m, holder), [
    setEntry(holder, index, value),
    set('ghost.to_be_set', 0, r.mm, rowOf(m, holder)),
    set('ghost.cleared_at', 0, r.mm, rowOf(m, holder)),
    set('ghost.cleared_table', 0, r.mm, rowOf(m, holder)),
  ]);
}

/** With copies, only some parents lead to the copy that leaves. */
function leadsToOld(m: Moving, holder: Expr): Expr {
  const entry = entryAt(holder, parentOf(m).index);
  return m.copies === null ? num(1) : and(present(entry), eq(frameOf(entry), m.old.value));
}

/** Those, and the one on the destination node, get the new table; one that is empty was cleared by this relocation. */
function isToSwing(m: Moving, holder: Expr): Expr {
  const { copies } = m;
  if (copies === null) return num(1);
  const entry = entryAt(holder, parentOf(m).index);
  return or(not(present(entry)), leadsToOld(m, holder), eq(nodeOf(holder), copies.destination));
}

/** The new table's ptl is unlocked; a copy that was there before has had one all the time. */
function initialisePtl({ r, target, copies }: Moving): readonly Stmt[] {
  if (!r.t.world.splitLocks) return [];
  const unlocked = [set('frame.ptl', 0, target.fresh.value)];
  return copies === null ? unlocked : when(eq(copies.there.value, 0), unlocked);
}

/** Ghosts of what is cleared have a row for each node that has its own tree. */
function rowOf({ copies }: Moving, holder: Expr): Expr | number {
  return copies === null ? 0 : nodeOf(holder);
}
