import { add, and, binary, eq, type Expr, get, num, or } from '../program/expr.ts';
import { ENTRY_SHIFT } from './entry.ts';
import { isCopy, topRows } from './replicas.ts';
import { entryAt, type Thread } from './thread.ts';

type Path = readonly (Expr | number)[];

/** Follows entries from a table of level `from` down to the table of level `to`, worked out in one go; 0 where the path is cut. */
function descend(frame: Expr, path: Path, from: number, to: number): Expr {
  let table = frame;
  for (let level = from; level < to; level++)
    table = { k: 'binary', op: '>>>', a: entryAt(table, path[level] ?? 0), b: num(ENTRY_SHIFT) };
  return table;
}

/** The place of a table: indices from the top down to and including the entry that leads to it, or further. */
export interface TreePlace {
  readonly mm: number;
  readonly path: Path;
  /** Whose tree, where each node has its own: row of `mm.pgd`. Without copies there is row 0 only. */
  readonly row?: number;
}

/**
 * The table of `level` that a tree leads to for a path of indices. For checks only: a thread or CPU reads its
 * way down step by step. 0 where the path is cut.
 */
export function currentTable({ mm, path, row = 0 }: TreePlace, level: number): Expr {
  return descend(get('mm.pgd', mm, row), path, 0, level);
}

/** Where an entry stands, as one number (never 0): what `ghost.cleared_at` compares. */
export function entryPlace({ world }: Thread, frame: Expr, index: Expr | number): Expr {
  return add(add(binary('*', frame, world.stride), index), 1);
}

/**
 * True where the tree will lead to `table` (or to one of its copies) for this path once the relocation that cleared an entry
 * on the way sets it again: the new table in that entry's place, and below it whatever the old one leads to.
 */
export function willBeCurrent(t: Thread, place: TreePlace, level: number, table: Expr): Expr {
  const { mm, path } = place;
  const cases: Expr[] = [];
  for (let cleared = 1; cleared <= level; cleared++)
    for (let row = 0; row < topRows(t.world); row++) {
      const holder = currentTable(place, cleared - 1);
      const here = eq(get('ghost.cleared_at', mm, row), entryPlace(t, holder, path[cleared - 1] ?? 0));
      const next =
        cleared === level
          ? get('ghost.to_be_set', mm, row)
          : descend(get('ghost.cleared_table', mm, row), path, cleared, level);
      cases.push(and(here, isCopy(t.world, table, next)));
    }
  return or(...cases);
}

/**
 * True where whoever writes to `table` and to all its copies writes to what every node's tree leads to for this path, or is
 * about to.
 */
export function isCurrent(t: Thread, { mm, path }: TreePlace, level: number, table: Expr): Expr {
  const rows = Array.from({ length: topRows(t.world) }, (_, row) => {
    const place = { mm, path, row };
    return or(isCopy(t.world, table, currentTable(place, level)), willBeCurrent(t, place, level, table));
  });
  return and(...rows);
}
