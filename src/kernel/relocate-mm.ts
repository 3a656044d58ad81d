import { at } from '../lib/at.ts';
import { add, and, binary, each, eq, type Expr, find, get, lt, ne, not, num } from '../program/expr.ts';
import { set, show, type Stmt, when } from '../program/instr.ts';
import { ENTRY_LEAF, ENTRY_P, frameOf, hasAll } from '../machine/entry.ts';
import {
  assign,
  entryAt,
  entryName,
  entryVar,
  numberVar,
  showEntry,
  tableVar,
  touch,
  type Var,
} from '../machine/thread.ts';
import { firstCopy, nodeOf } from '../machine/replicas.ts';
import { kindNumber, pointerName, type Pool, type Va, type World } from '../machine/world.ts';
import { type KernelThread, mmName, placeOf } from './context.ts';
import { readTop } from './pointers.ts';
import { relocateTable } from './relocate-table.ts';
import { canMoveTop, relocateTop } from './relocate-top.ts';
import { enter, finish, type Relocation } from './relocation.ts';

/** What one call of a relocation works on. */
export interface RelocationCall {
  readonly id: number;
  readonly mm: number;
  readonly pool: Pool;
}

function start(t: KernelThread, { id, mm, pool }: RelocationCall, leaves: Relocation['leaves']): Relocation {
  return { t, id, mm, pool, leaves, noMemory: t.asm.newLabel() };
}

/** Named tables leave every node but the one that the new frames are on. */
function leavesFor({ world }: KernelThread, { pool }: RelocationCall): Relocation['leaves'] {
  const destination = world.node[pool.base] ?? 0;
  return (frame) => ne(nodeOf(frame), destination);
}

/** A table to move, by name: the one of `level` on the way to a va, or the top. */
export type NamedTable = 'top' | { readonly level: number; readonly va: Va };

/** Moves the named tables in the order given, in one enter and leave; no node is asked about. */
export function relocateNamed(t: KernelThread, call: RelocationCall, tables: readonly NamedTable[]): void {
  t.asm.routine('relocate', mmName(t, call.mm), () => {
    const r = start(t, call, leavesFor(t, call));
    t.asm.line('enter');
    enter(r);
    for (const named of tables) {
      if (named === 'top') {
        t.asm.line('relocate the PGD');
        relocateTop(r);
        continue;
      }
      const { level, va } = named;
      t.asm.line(`relocate the ${at(t.world.levels, level).name} table of ${va.name}`);
      const moved = numberVar(t, 'moved', 1);
      relocateTable(r, { place: placeOf(call.mm, va), level, moved, fresh: tableVar(t, 'rel_fresh') });
    }
    t.asm.line('finish');
    finish(r);
  });
}

export interface RelocateMm extends RelocationCall {
  /** True for a frame that tables leave: of a node, or of a range of frames. */
  readonly leaves: (frame: Expr) => Expr;
  /** Those frames in words: "node 0", "frames 2 to 5". */
  readonly source: string;
}

/** The frames of a node (migrate_pages, move_pages, cpusets). */
export function fromNode(source: number): Pick<RelocateMm, 'leaves' | 'source'> {
  return { leaves: (frame) => eq(nodeOf(frame), source), source: `node ${String(source)}` };
}

/** A range of frames, by id (memory hot-remove): [first, first + count). */
export function fromFrames(
  world: World,
  first: number,
  count: number,
): Pick<RelocateMm, 'leaves' | 'source'> {
  const last = first + count - 1;
  return {
    leaves: (frame) => and(binary('<=', first, frame), binary('<=', frame, last)),
    source: `frames ${String(world.pfn[first] ?? 0)} to ${String(world.pfn[last] ?? 0)}`,
  };
}

/** Moves every table of a process that the design's node test finds in the frames that are left; the PGD comes last. */
export function relocateMm(t: KernelThread, call: RelocateMm): void {
  t.asm.routine('relocate_mm', `${mmName(t, call.mm)}, from ${call.source}`, () => {
    const r = start(t, call, call.leaves);
    t.asm.line('enter');
    enter(r);
    const tables = t.world.levels.map((level) => tableVar(t, `visit_${pointerName(level)}`));
    t.asm.local(...noteTables(t, call), assign(incompleteVar(t), 0));
    t.asm.line('visit the tree top-down, in address order');
    readTop(t, call.mm, { tables, upper: entryVar(t, 'visit') });
    visitLevel({ r, call, tables, path: [] }, 0);
    relocateTopIf(r, call, at(tables, 0).value);
    t.asm.local(...judgeCompleteness(t, call));
    t.asm.line('finish');
    finish(r);
  });
}

/** Ghost: which tables of the source node there are when the relocation enters. */
function noteTables(t: KernelThread, call: RelocateMm): readonly Stmt[] {
  const there = and(eq(get('frame.kind', each), kindNumber('table')), call.leaves(each));
  return [{ k: 'each', count: t.world.tableFrames + 1, body: [set('ghost.entered', there, each)] }];
}

/** Nothing failed and every table was decided on: it will report that all has moved. */
function judgeCompleteness(t: KernelThread, call: RelocateMm): readonly Stmt[] {
  const left = and(
    get('ghost.entered', each),
    eq(get('frame.kind', each), kindNumber('table')),
    call.leaves(each),
  );
  const why = [show(each, 'frame'), ` is a table that was on ${call.source} at the start, and still is`];
  const judge: Stmt = {
    k: 'if',
    test: left,
    then: [{ k: 'violate', property: 'completeness', why }],
    else: [],
  };
  return [
    {
      k: 'each',
      count: t.world.tableFrames + 1,
      body: [...when(eq(get(incompleteVar(t).field), 0), [judge])],
    },
    { k: 'fill', field: 'ghost.entered', row: num(0), value: num(0) },
  ];
}

/** A local that remembers that some table was not migrated: then the relocation does not claim completeness. */
function incompleteVar(t: KernelThread): Var {
  return numberVar(t, 'incomplete', 1);
}

interface Visit {
  readonly r: Relocation;
  readonly call: RelocateMm;
  readonly tables: readonly Var[];
  readonly path: readonly Expr[];
}

/** True where the table, or a copy of it, is in the frames that are left. */
function asksToMove({ t }: Relocation, { leaves }: RelocateMm, frame: Expr): Expr {
  return t.world.replicas === null ? leaves(frame) : ne(firstCopy(t.world, frame, leaves), 0);
}

function relocateTopIf(r: Relocation, call: RelocateMm, top: Expr): void {
  const { asm } = r.t;
  const skip = asm.newLabel();
  asm.line(`last, the PGD, if it is on ${call.source}`);
  asm.branch(not(asksToMove(r, call, top)), skip);
  if (canMoveTop(r.t)) relocateTop(r);
  else asm.local(assign(incompleteVar(r.t), 1));
  asm.place(skip);
}

/** The loop over the entries of one table: relocate what it leads to, then go on below. */
function visitLevel(v: Visit, level: number): void {
  const { r, call, tables } = v;
  const { t } = r;
  const { asm, world } = t;
  const below = at(world.levels, level + 1).name;
  const entries = at(world.levels, level).entries;
  const index = numberVar(t, `visit_${pointerName(at(world.levels, level))}_index`, entries);
  const entry = entryVar(t, 'visit');
  const [next, skip, end, leave] = [asm.newLabel(), asm.newLabel(), asm.newLabel(), asm.newLabel()];
  const child = at(tables, level + 1);
  asm.local(assign(index, 0));
  asm.place(next);
  asm.line(`for each present ${at(world.levels, level).name.toLowerCase()} entry`, level);
  readNext({ v, level, index, entry, end });
  asm.branch(not(and(hasAll(entry.value, ENTRY_P), not(hasAll(entry.value, ENTRY_LEAF)))), skip);
  asm.local(assign(child, frameOf(entry.value)));
  const asked = t.design.nodeTest === 'holder' ? 'the frame that holds the entry' : `the ${below} table`;
  asm.line(`if ${asked} is on ${call.source}: relocate the ${below} table`, level + 1);
  const path = [...v.path, index.value];
  const holder = at(tables, level).value;
  asm.branch(
    not(t.design.nodeTest === 'holder' ? call.leaves(holder) : asksToMove(r, call, child.value)),
    leave,
  );
  const moved = numberVar(t, 'moved', 1);
  const fresh = tableVar(t, 'rel_fresh');
  relocateTable(r, {
    place: { mm: call.mm, path, name: `the ${at(world.levels, level).name.toLowerCase()} entry` },
    level: level + 1,
    moved,
    fresh,
    above: tables,
  });
  const went = asm.newLabel();
  asm.branch(moved.value, went);
  asm.local(assign(incompleteVar(t), 1));
  asm.jump(skip);
  asm.place(went);
  asm.local(assign(child, fresh.value));
  asm.place(leave);
  if (level + 2 < world.levels.length) visitLevel({ ...v, path }, level + 1);
  asm.place(skip);
  asm.local(assign(index, add(index.value, 1)));
  asm.branch(lt(index.value, entries), next);
  asm.place(end);
}

interface ReadNext {
  readonly v: Visit;
  readonly level: number;
  readonly index: Var;
  readonly entry: Var;
  readonly end: { target: number };
}

/** Reads the next entry: one a step, or (worlds of whole-table steps) straight on to the next present one. */
function readNext({ v, level, index, entry, end }: ReadNext): void {
  const { t } = v.r;
  const table = at(v.tables, level).value;
  const entries = at(t.world.levels, level).entries;
  if (!t.world.wholeTableSteps) {
    t.asm.step({
      label: [
        'read ',
        ...entryName(t, level, index.value, table),
        ': ',
        showEntry(entryAt(table, index.value)),
      ],
      tag: 'read',
      body: [...touch(table, 'visiting the tree'), assign(entry, entryAt(table, index.value))],
    });
    return;
  }
  const found = find({
    field: 'entries',
    row: table,
    from: index.value,
    to: entries,
    mask: ENTRY_P,
    value: ENTRY_P,
  });
  t.asm.step({
    label: [
      `find the next present entry of the ${at(t.world.levels, level).name} table: `,
      show(found, 'number'),
    ],
    tag: 'read',
    body: [
      ...touch(table, 'visiting the tree'),
      assign(index, found),
      assign(entry, entryAt(table, index.value)),
    ],
  });
  t.asm.branch(eq(index.value, entries), end);
}
