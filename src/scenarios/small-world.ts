import { at } from '../lib/at.ts';
import { ENTRY_A, ENTRY_P, ENTRY_W, makeEntry } from '../machine/entry.ts';
import { geometries, type Level } from '../machine/geometry.ts';
import { kindNumber, type Mm, type Pool, type Va, type World, type WorldLevel } from '../machine/world.ts';

/** Shapes of small worlds. 'three' is three full levels (PUD folded); 'pae' has the 4-entry PGD and its registers. */
export type Shape = 'two' | 'three' | 'pae' | 'four' | 'five';

/** How a va of a small world starts. */
export interface SmallVa {
  /** No entry: a fault finds anonymous memory. */
  readonly empty?: boolean;
  readonly readOnly?: boolean;
  readonly dirty?: boolean;
  readonly privateMapping?: boolean;
}

/** A world small enough to search: two entries a table, va0 and va1 in one PTE table, va2 and va3 in the next. */
export interface SmallWorld {
  readonly name: string;
  readonly shape: Shape;
  readonly vas: readonly SmallVa[];
  readonly cpus: number;
  /** CPUs that run the process. */
  readonly running: readonly number[];
  readonly splitLocks?: boolean;
  /** Free frames for relocated tables on node 1. */
  readonly destination: number;
}

const ENTRIES = 2;

/** The levels whose names and address bits a shape borrows from real geometries. */
export function shapeLevels(shape: Shape): readonly Level[] {
  if (shape === 'two') return geometries['x86-32'].levels;
  if (shape === 'five') return geometries['x86-64-5'].levels;
  if (shape === 'four') return geometries['x86-64-4'].levels;
  return geometries['x86-32-pae'].levels;
}

function levelsOf(shape: Shape): readonly WorldLevel[] {
  return shapeLevels(shape).map(({ name, entries }) => {
    const pageSized = shape !== 'pae' || name !== 'PGD';
    return { name, entries: pageSized ? ENTRIES : entries, pageSized };
  });
}

function vasOf({ shape, vas }: SmallWorld): readonly Va[] {
  const levels = shapeLevels(shape);
  const leaf = levels.length - 1;
  return vas.map(({ privateMapping = false }, id) => {
    const path = levels.map((_, level) =>
      level === leaf ? id % ENTRIES : level === leaf - 1 ? Math.floor(id / ENTRIES) : 0,
    );
    const address = levels.reduce(
      (sum, { shift }, level) => sum + (BigInt(at(path, level)) << BigInt(shift)),
      0n,
    );
    return { id, name: `va${String(id)}`, address, path, leaf, writable: true, privateMapping };
  });
}

interface Drawing {
  readonly kinds: number[];
  readonly nodes: number[];
  readonly pfns: number[];
  readonly next: number[];
}

/** Adds a frame of a kind on a node and gives its id. Page frame numbers count from 1 on node 0, from 101 on node 1. */
function addFrame(drawing: Drawing, kind: number, node: number): number {
  const pfn = at(drawing.next, node);
  drawing.next[node] = pfn + 1;
  drawing.pfns.push(pfn);
  drawing.nodes.push(node);
  return drawing.kinds.push(kind) - 1;
}

function addPool(drawing: Drawing, name: string, count: number, node: number): Pool {
  const base = drawing.kinds.length;
  for (let i = 0; i < count; i++) addFrame(drawing, kindNumber('free'), node);
  return { name, base, count };
}

/** Lays out frames and entries: tables first, then free table frames of each node, then pages, then free pages. */
export function makeSmallWorld(spec: SmallWorld): World {
  const levels = levelsOf(spec.shape);
  const stride = Math.max(...levels.map(({ entries }) => entries));
  const vas = vasOf(spec);
  const drawing: Drawing = { kinds: [0], nodes: [0], pfns: [0], next: [1, 101] };
  const tables = addTables(spec, vas, drawing);
  const empties = spec.vas.filter(({ empty }) => empty).length;
  const pools = [
    addPool(drawing, 'free table frames of node 0', empties > 0 ? levels.length - 1 : 0, 0),
    addPool(drawing, 'free table frames of node 1', spec.destination, 1),
  ];
  const tableFrames = drawing.kinds.length - 1;
  const entries = new Int32Array((tableFrames + 1) * stride);
  const dirtyPages = mapPages({ spec, vas, drawing, tables, entries, stride });
  pools.push(
    addPool(
      drawing,
      'free pages of node 0',
      empties + spec.vas.filter((v) => v.privateMapping === true).length * 2,
      0,
    ),
  );
  linkTables({ tables, entries, stride, pae: spec.shape === 'pae' });
  const mms: Mm[] = [
    { name: 'mm', pgd: at(tables, 0).frame, cpus: spec.running.reduce((m, cpu) => m | (1 << cpu), 0) },
  ];
  return {
    name: spec.name,
    levels,
    stride,
    tableFrames,
    frames: drawing.kinds.length - 1,
    pfn: drawing.pfns,
    node: drawing.nodes,
    kind: drawing.kinds,
    nodes: 2,
    mms,
    cpus: spec.cpus,
    vas,
    pdpteRegisters: spec.shape === 'pae',
    splitLocks: spec.splitLocks ?? true,
    wholeTableSteps: false,
    pools,
    entries,
    dirtyPages,
  };
}

interface Table {
  readonly frame: number;
  readonly level: number;
  readonly path: string;
  readonly index: number;
}

/** One table for each distinct way down to a va that is mapped, top first. */
function addTables({ shape, vas: spec }: SmallWorld, vas: readonly Va[], drawing: Drawing): readonly Table[] {
  const tables: Table[] = [];
  for (let level = 0; level < shapeLevels(shape).length; level++)
    for (const va of vas) {
      const path = va.path.slice(0, level).join('.');
      const neededBy = vas.filter(
        (v) => v.path.slice(0, level).join('.') === path && at(spec, v.id).empty !== true,
      );
      if ((level > 0 && neededBy.length === 0) || tables.some((t) => t.level === level && t.path === path))
        continue;
      const frame = addFrame(drawing, kindNumber('table'), 0);
      tables.push({ frame, level, path, index: va.path[level - 1] ?? 0 });
    }
  return tables;
}

interface Mapping {
  readonly spec: SmallWorld;
  readonly vas: readonly Va[];
  readonly drawing: Drawing;
  readonly tables: readonly Table[];
  readonly entries: Int32Array;
  readonly stride: number;
}

function mapPages({ spec, vas, drawing, tables, entries, stride }: Mapping): readonly number[] {
  const dirty: number[] = [];
  for (const va of vas) {
    const start = at(spec.vas, va.id);
    if (start.empty === true) continue;
    const page = addFrame(drawing, kindNumber('data'), 0);
    const flags = ENTRY_P | ENTRY_A | (start.readOnly === true ? 0 : ENTRY_W);
    const table = tables.find((t) => t.level === va.leaf && t.path === va.path.slice(0, va.leaf).join('.'));
    if (table !== undefined) entries[table.frame * stride + at(va.path, va.leaf)] = makeEntry(page, flags);
    if (start.dirty === true) dirty.push(page);
  }
  return dirty;
}

interface Linking {
  readonly tables: readonly Table[];
  readonly entries: Int32Array;
  readonly stride: number;
  readonly pae: boolean;
}

function linkTables({ tables, entries, stride, pae }: Linking): void {
  for (const table of tables) {
    if (table.level === 0) continue;
    const parentPath = table.path.split('.').slice(0, -1).join('.');
    const parent = tables.find((t) => t.level === table.level - 1 && t.path === parentPath);
    const flags = pae && table.level === 1 ? ENTRY_P : ENTRY_P | ENTRY_W | ENTRY_A;
    if (parent !== undefined) entries[parent.frame * stride + table.index] = makeEntry(table.frame, flags);
  }
}
