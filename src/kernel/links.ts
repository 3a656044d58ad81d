import { ENTRY_LEAF, hasAll } from '../machine/entry.ts';
import { assign, entryVar, showFrame, touch, type Var } from '../machine/thread.ts';
import { and, eq, type Expr, get, not } from '../program/expr.ts';
import { set, show, type Stmt, when } from '../program/instr.ts';
import { bottomOf, type KernelThread } from './context.ts';

/**
 * Where a table names the copy of it that may still be in limbo. A link both ways has one field for either direction; a chain has
 * `frame.link` for the table that took one's place and `frame.behind` for the copy left behind.
 */
export function copyField({ design }: KernelThread): 'frame.link' | 'frame.behind' {
  return design.linkShape === 'chain' ? 'frame.behind' : 'frame.link';
}

/** True where a table of a level may be linked: its entries may map pages, and `adBits` gathers what the hardware sets there. */
export function mayLink(t: KernelThread, level: number): boolean {
  if (t.design.adBits === 'none') return false;
  return level === bottomOf(t) || t.design.linkLevels === 'with-leaf';
}

/** linkLevels=with-leaf: for a table above the bottom, a local that is set while it is copied, if an entry maps a huge page. */
export function leafFound(t: KernelThread, level: number): Var | null {
  if (!mayLink(t, level) || level === bottomOf(t)) return null;
  return entryVar(t, 'rel_leaf');
}

/** Where a table is not copied entry by entry, it is linked whatever is in it. */
export function assumeLeaf(t: KernelThread, level: number): void {
  const leaf = leafFound(t, level);
  if (leaf !== null) t.asm.local(assign(leaf, ENTRY_LEAF));
}

export interface Linking {
  readonly old: Expr;
  readonly fresh: Expr;
  readonly level: number;
}

/** Step 7, where it applies: a PTE table always, one above it if `leafFound` says so. */
export function linkIfMapping(t: KernelThread, { old, fresh, level }: Linking): void {
  if (!mayLink(t, level)) return;
  const none = t.asm.newLabel();
  const leaf = leafFound(t, level);
  if (leaf !== null) t.asm.branch(not(hasAll(leaf.value, ENTRY_LEAF)), none);
  linkTables(t, old, fresh);
  t.asm.place(none);
}

/** Step 7: old and new table name each other. Two steps. */
function linkTables(t: KernelThread, old: Expr, fresh: Expr): void {
  t.asm.line('link old and new table, both ways');
  for (const [from, to, field] of [
    [old, fresh, 'frame.link'],
    [fresh, old, copyField(t)],
  ] as const)
    t.asm.step({
      label: ['link ', showFrame(from), ' to ', showFrame(to)],
      tag: 'link',
      body: [...touch(from, 'linking tables'), set(field, to, from)],
    });
}

/** One step: which frame a table is linked to (0: none). */
export function readLink(t: KernelThread, table: Expr, into: Var): void {
  t.asm.step({
    label: ['read the link of ', show(table, 'frame'), ': ', show(get('frame.link', table), 'frame')],
    tag: 'read',
    body: [...touch(table, 'reading a link'), assign(into, get('frame.link', table))],
  });
}

/** One step: which copy a table has in limbo (0: none). */
export function readCopy(t: KernelThread, table: Expr, into: Var): void {
  if (t.design.linkShape === 'both-ways') {
    readLink(t, table, into);
    return;
  }
  const behind = get('frame.behind', table);
  t.asm.step({
    label: ['read the copy behind ', showFrame(table), ': ', showFrame(behind)],
    tag: 'read',
    body: [...touch(table, 'reading a link'), assign(into, behind)],
  });
}

/** Before an old table is freed: it and the table that took its place forget each other. Two steps. */
export function dropLinks(t: KernelThread, old: Expr, fresh: Expr): void {
  t.asm.step({
    label: ['drop the link of ', showFrame(old)],
    tag: 'link',
    body: [...touch(old, 'dropping a link'), set('frame.link', 0, old)],
  });
  const back = copyField(t);
  t.asm.step({
    label: ['drop the link of ', showFrame(fresh), ', if it still points back'],
    tag: 'link',
    body: [...touch(fresh, 'dropping a link'), ...when(eq(get(back, fresh), old), [set(back, 0, fresh)])],
  });
}

/** A table that leaves the tree and its copy in limbo forget each other. One step. */
export function dropLinksOf(t: KernelThread, table: Expr): void {
  t.asm.step({ label: ['drop the links of ', showFrame(table)], tag: 'link', body: forgetting(t, table) });
}

/** The same, as part of a step. */
export function forgetting(t: KernelThread, table: Expr): readonly Stmt[] {
  const copy = get(copyField(t), table);
  const itsOwn: readonly Stmt[] =
    t.design.linkShape === 'chain'
      ? when(copy, [...touch(copy, 'dropping a link'), set('frame.link', 0, copy)])
      : when(and(copy, eq(get('frame.link', copy), table)), [set('frame.link', 0, copy)]);
  return [...itsOwn, set(copyField(t), 0, table)];
}
