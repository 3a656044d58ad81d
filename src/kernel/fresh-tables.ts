import { copyOn, nodeOf } from '../machine/replicas.ts';
import { tableVar, type Var } from '../machine/thread.ts';
import { kindNumber, type Pool } from '../machine/world.ts';
import { at } from '../lib/at.ts';
import { and, cond, eq, type Expr, ne, num } from '../program/expr.ts';
import { set, type Stmt, when } from '../program/instr.ts';
import type { KernelThread } from './context.ts';

/** A table that is allocated before anybody sees it: one, or with replicas=per-node one for each node. */
export interface FreshTable {
  readonly node: number;
  readonly pool: Pool;
  readonly table: Var;
}

export function freshTables(t: KernelThread): readonly FreshTable[] {
  const { replicas } = t.world;
  if (replicas === null) return [{ node: 0, pool: t.tablePool, table: tableVar(t, 'fresh') }];
  return replicas.pools.map((pool, node) => ({ node, pool, table: tableVar(t, `fresh${String(node)}`) }));
}

/** The new table that the entry of this holder leads to: the one of the holder's node. */
export function freshFor(fresh: readonly FreshTable[], holder: Expr): Expr {
  return fresh
    .slice(1)
    .reduce<Expr>(
      (otherwise, { node, table }) => cond(eq(nodeOf(holder), node), table.value, otherwise),
      at(fresh, 0).table.value,
    );
}

/**
 * New tables become part of the tree, in a ring of copies, where their node has a copy of `parent`; the others are given
 * back. Joins the step that sets the first entry.
 */
export function joinTree(
  { world }: KernelThread,
  fresh: readonly FreshTable[],
  parent: Expr,
): readonly Stmt[] {
  const kind = (table: Var, to: 'table' | 'free'): Stmt => set('frame.kind', kindNumber(to), table.value);
  if (world.replicas === null) return fresh.map(({ table }) => kind(table, 'table'));
  const used = fresh.map(({ node }) => ne(copyOn(world, parent, node), 0));
  const next = (i: number): Expr =>
    [...fresh.keys()]
      .slice(1)
      .map((ahead) => (i + ahead) % fresh.length)
      .reduceRight<Expr>((rest, j) => cond(at(used, j), at(fresh, j).table.value, rest), num(0));
  return fresh.flatMap(({ table }, i) =>
    when(
      and(at(used, i)),
      [kind(table, 'table'), set('frame.replica', next(i), table.value)],
      [kind(table, 'free')],
    ),
  );
}
