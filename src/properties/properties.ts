import { and, eq, type Expr, get, not, or } from '../program/expr.ts';
import { show } from '../program/instr.ts';
import type { Invariant } from '../explorer/model.ts';
import { bitAnd, bitOr, cond, ne, shl } from '../program/expr.ts';
import { ENTRY_D, ENTRY_P, ENTRY_SHIFT, ENTRY_W, frameOf, hasAll } from '../machine/entry.ts';
import { currentTable, entryAt } from '../machine/thread.ts';
import { kindNumber, type Va, type World } from '../machine/world.ts';

export type PropertyId =
  | 'no-use-after-free'
  | 'no-lost-write'
  | 'no-lost-dirty'
  | 'no-stale-translation'
  | 'no-empty-dereference'
  | 'lock-ownership'
  | 'counts'
  | 'translation-kept';

export interface Property {
  readonly id: PropertyId;
  readonly title: string;
  /** When it fails, in one sentence. */
  readonly failsWhen: string;
}

/** What must hold, in the order of display. */
export const PROPERTIES: readonly Property[] = [
  {
    id: 'no-use-after-free',
    title: 'No use after free',
    failsWhen: 'a walk or a thread touches a frame that was a table and has been freed',
  },
  {
    id: 'no-lost-write',
    title: 'No lost write to a table',
    failsWhen: 'a thread changes an entry of a table that the tree no longer leads to',
  },
  {
    id: 'no-lost-dirty',
    title: 'No lost dirty bit',
    failsWhen:
      'a page is newer than its copy on disk, and neither the page nor an entry that maps it says so',
  },
  {
    id: 'no-stale-translation',
    title: 'No stale translation',
    failsWhen: 'a CPU reads or writes a frame that its process no longer owns',
  },
  {
    id: 'no-empty-dereference',
    title: 'No empty dereference',
    failsWhen: 'a thread follows an upper entry that is not present',
  },
  {
    id: 'lock-ownership',
    title: 'Lock ownership',
    failsWhen: 'a lock is released by somebody who does not hold it, or from an RCU callback',
  },
  {
    id: 'counts',
    title: 'Counts',
    failsWhen: 'the nesting count goes below zero, or a mark outlives the relocation that set it',
  },
  {
    id: 'translation-kept',
    title: 'Translation kept',
    failsWhen: 'at the end some address does not translate as an atomic relocation would have left it',
  },
];

/** The leaf entry that the current tree has for a va, worked out in one go; 0 where the path is cut. */
export function leafEntry(mm: number, va: Va): Expr {
  const table = currentTable(mm, va.path, va.leaf);
  return cond(eq(table, 0), 0, entryAt(table, va.path[va.leaf] ?? 0));
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
    world.vas.map((va) => {
      const entry = leafEntry(mm, va);
      return and(hasAll(entry, ENTRY_P | ENTRY_D), eq(frameOf(entry), page));
    }),
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

function translationKept(mm: number, va: Va, ended: Expr): Invariant {
  const entry = leafEntry(mm, va);
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

/** The properties that are judged on states; the others are judged by the steps themselves. */
export function stateInvariants(world: World, ended: Expr): readonly Invariant[] {
  return [
    ...changingPages(world).map((page) => lostDirty(world, page)),
    ...world.mms.flatMap((_, mm) => world.vas.map((va) => translationKept(mm, va, ended))),
    ...markGone(world, ended),
  ];
}
