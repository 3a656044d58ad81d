import { and, cond, type Expr, eq, get, ne, num, or, table } from '../program/expr.ts';
import { at } from '../lib/at.ts';
import type { World } from './world.ts';

/**
 * Copies of tables on nodes (Mitosis, ASPLOS 2020). The copies of one table form a ring through `frame.replica`, which is 0 for a
 * table that is alone. Row n of `mm.pgd` is the PGD that CPUs of node n use; kernel threads walk from row 0.
 */
export function topRows(world: World): number {
  return world.replicas === null ? 1 : world.nodes;
}

/** The PGD that a CPU loads for a process: the one of its node. */
export function topFor(world: World, mm: Expr | number, cpu: number): Expr {
  return get('mm.pgd', mm, world.replicas === null ? 0 : at(world.cpuNodes, cpu));
}

export const nextCopy = (frame: Expr): Expr => get('frame.replica', frame);
export const nodeOf = (frame: Expr): Expr => table('frame.node', frame);

/** A table and its copies, each as an expression; further ones repeat the first or are 0 where there are fewer. */
export function copiesOfTable(world: World, frame: Expr): readonly Expr[] {
  const copies = [frame];
  for (let i = 1; i < topRows(world); i++) copies.push(nextCopy(at(copies, i - 1)));
  return copies;
}

/** True where `other` is this table or one of its copies. */
export function isCopy(world: World, frame: Expr, other: Expr): Expr {
  if (world.replicas === null) return eq(frame, other);
  return and(ne(other, 0), or(...copiesOfTable(world, frame).map((copy) => eq(copy, other))));
}

/** The first of a table and its copies that passes a test; 0 where none does. */
export function firstCopy(world: World, frame: Expr, test: (copy: Expr) => Expr): Expr {
  return copiesOfTable(world, frame).reduceRight<Expr>(
    (rest, copy) => cond(and(ne(copy, 0), test(copy)), copy, rest),
    num(0),
  );
}

/** The copy of a table on a node; 0 where there is none. */
export function copyOn(world: World, frame: Expr, node: Expr | number): Expr {
  return firstCopy(world, frame, (copy) => eq(nodeOf(copy), node));
}

/**
 * The table in whose struct page the ptl is that guards a PTE table and all its copies: the copy on the lowest node. So it changes
 * only when a copy of this very table comes or goes, which happens with that ptl held.
 */
export function guardOf(world: World, frame: Expr): Expr {
  if (world.replicas === null) return frame;
  const nodes = Array.from({ length: world.nodes }, (_, node) => copyOn(world, frame, node));
  return nodes.reduceRight<Expr>((rest, copy) => cond(ne(copy, 0), copy, rest), frame);
}

/** The copy before this one in its ring: whose pointer has to change when this one leaves. */
export function copyBefore(world: World, frame: Expr): Expr {
  return copiesOfTable(world, frame).reduceRight<Expr>(
    (rest, copy) => cond(eq(nextCopy(copy), frame), copy, rest),
    num(0),
  );
}
