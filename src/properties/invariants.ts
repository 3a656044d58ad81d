import { and, bitAnd, bitOr, cond, eq, type Expr, get, ne, not, num, or, shl } from '../program/expr.ts';
import { show } from '../program/instr.ts';
import type { Invariant } from '../explorer/model.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, ENTRY_SHIFT, ENTRY_W, frameOf, hasAll } from '../machine/entry.ts';
import { currentTable } from '../machine/current.ts';
import { copiesOfTable, isCopy, topRows } from '../machine/replicas.ts';
import { entryAt, indexAt } from '../machine/thread.ts';
import { type FrameKind, kindNumber, type Va, type World } from '../machine/world.ts';

/** The leaf entry that a current tree (row of mm.pgd) has for a va, worked out in one go; 0 where the path is cut. */
export function leafEntry(mm: number, va: Va, row = 0): Expr {
  const table = currentTable({ mm, path: va.path, row }, va.leaf);
  return cond(eq(table, 0), 0, entryAt(table, indexAt(va, va.leaf)));
}

/** The entries that the trees of all nodes have for a va: one, unless each node has its own copy of the tables. */
function leafEntries(world: World, mm: number, va: Va): readonly Expr[] {
  return Array.from({ length: topRows(world) }, (_, row) => leafEntry(mm, va, row));
}

/** The entries of a va in the current table and in all its copies, whose A and D the kernel reads together. */
function copiedEntries(world: World, mm: number, va: Va): readonly Expr[] {
  const tables = copiesOfTable(world, currentTable({ mm, path: va.path }, va.leaf));
  return tables.map((table) => cond(eq(table, 0), 0, entryAt(table, indexAt(va, va.leaf))));
}

/** Pages that entries of this world can map and whose contents can change: by frame id. */
function changingPages(world: World): readonly number[] {
  const pages: number[] = [];
  for (let frame = world.tableFrames + 1; frame <= world.frames; frame++) pages.push(frame);
  return pages;
}

/** Nothing is under way that could still carry a dirty bit to where it belongs. */
function quiet(world: World): Expr {
  const pending: Expr[] = [get('ghost.relocating'), get('ghost.locks_held')];
  for (let mm = 0; mm < world.mms.length; mm++)
    pending.push(get('mm.need_flush', mm), get('mm.need_reload', mm));
  for (let cpu = 0; cpu < world.cpus; cpu++) pending.push(get('ipi.kind', cpu));
  return not(or(...pending));
}

function lostDirty(world: World, page: number): Invariant {
  const mappedDirty = world.mms.flatMap((_, mm) =>
    world.vas.flatMap((va) =>
      copiedEntries(world, mm, va).map((entry) =>
        and(hasAll(entry, ENTRY_P | ENTRY_D), eq(frameOf(entry), page)),
      ),
    ),
  );
  const newer = get('ghost.newer', page);
  const alive = eq(get('frame.kind', page), kindNumber('data'));
  return {
    property: 'no-lost-dirty',
    broken: and(newer, not(get('frame.dirty', page)), alive, quiet(world), not(or(...mappedDirty))),
    why: [
      show(page, 'frame'),
      ' was written to, but no current entry that maps it has D and the page is not marked dirty',
    ],
  };
}

function translationKept(
  world: World,
  mm: number,
  { va, ended }: { va: Va; ended: Expr },
): readonly Invariant[] {
  return leafEntries(world, mm, va).map((entry) => keptAs(entry, { mm, va, ended }));
}

function keptAs(entry: Expr, { mm, va, ended }: { mm: number; va: Va; ended: Expr }): Invariant {
  const real = cond(
    hasAll(entry, ENTRY_P),
    bitOr(shl(frameOf(entry), ENTRY_SHIFT), bitAnd(entry, ENTRY_W)),
    0,
  );
  const expected = get('ghost.translation', va.id, mm);
  return {
    property: 'translation-kept',
    broken: and(ended, ne(real, expected)),
    why: [`${va.name} translates to `, show(real, 'entry'), ' where it should to ', show(expected, 'entry')],
  };
}

function markGone(world: World, ended: Expr): readonly Invariant[] {
  return world.mms.map((mm, i) => ({
    property: 'counts',
    broken: and(ended, ne(get('mm.rewalk', i), 0)),
    why: [`the mark of ${mm.name} is still `, show(get('mm.rewalk', i), 'number'), ' at the end'],
  }));
}

/** A was set by the hardware and cleared by nobody, and yet the current entry does not have it. A warning. */
function lostAccessed(world: World, mm: number, va: Va): Invariant {
  const entries = copiedEntries(world, mm, va);
  const entry = leafEntry(mm, va);
  return {
    property: 'no-lost-accessed',
    broken: and(
      get('ghost.young', va.id, mm),
      hasAll(entry, ENTRY_P),
      not(or(...entries.map((one) => hasAll(one, ENTRY_A)))),
      quiet(world),
    ),
    why: [
      `${va.name} was accessed, nobody cleared its A, and the current entry `,
      show(entry, 'entry'),
      ' lacks it',
    ],
  };
}

const kindIs = (frame: number, ...kinds: FrameKind[]): Expr =>
  or(...kinds.map((kind) => eq(get('frame.kind', frame), kindNumber(kind))));

/**
 * True when some process's tree leads to the table at this frame, or to a copy of it, on the way to a va: a copy that no
 * table of its own node leads to is kept up to date and found through the others.
 */
function reachableTable(world: World, frame: number): Expr {
  const rows = Array.from({ length: topRows(world) }, (_, row) => row);
  const ways = world.mms.flatMap((_, mm) =>
    rows.flatMap((row) => [
      eq(get('mm.pgd', mm, row), frame),
      ...world.vas.flatMap(({ path, leaf }) =>
        world.levels
          .slice(1, leaf + 1)
          .map((_level, above) => currentTable({ mm, path, row }, above + 1))
          .map((current) => isCopy(world, num(frame), current)),
      ),
    ]),
  );
  return or(...ways);
}

function reachablePage(world: World, page: number): Expr {
  const ways = world.mms.flatMap((_, mm) =>
    world.vas.flatMap((va) =>
      leafEntries(world, mm, va).map((entry) => and(hasAll(entry, ENTRY_P), eq(frameOf(entry), page))),
    ),
  );
  return or(...ways);
}

function leaks(world: World, ended: Expr): readonly Invariant[] {
  const why = (frame: number, what: string) => [
    show(frame, 'frame'),
    ` is ${what} at the end, and nobody will free it`,
  ];
  const property = 'no-leak';
  const tables = Array.from({ length: world.tableFrames }, (_, i) => i + 1);
  const pages = world.pools.slice(-1);
  const fresh = pages.flatMap(({ base, count }) => Array.from({ length: count }, (_, i) => base + i));
  return [
    ...tables.map((frame) => ({
      property,
      broken: and(
        ended,
        or(
          kindIs(frame, 'new', 'limbo', 'unlinked'),
          and(kindIs(frame, 'table'), not(reachableTable(world, frame))),
        ),
      ),
      why: why(frame, 'a table that no tree leads to'),
    })),
    ...fresh.map((page) => ({
      property,
      broken: and(ended, or(kindIs(page, 'new'), and(kindIs(page, 'data'), not(reachablePage(world, page))))),
      why: why(page, 'a page that no entry maps'),
    })),
  ];
}

/** The properties that are judged on states; the others are judged by the steps themselves. */
export function stateInvariants(world: World, ended: Expr): readonly Invariant[] {
  return [
    ...changingPages(world).map((page) => lostDirty(world, page)),
    ...world.mms.flatMap((_, mm) => world.vas.flatMap((va) => translationKept(world, mm, { va, ended }))),
    ...markGone(world, ended),
    ...world.mms.flatMap((_, mm) => world.vas.map((va) => lostAccessed(world, mm, va))),
    ...(world.wholeTableSteps ? [] : leaks(world, ended)),
  ];
}
