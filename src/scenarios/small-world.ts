import { at } from '../lib/at.ts';
import { ENTRY_A, ENTRY_LEAF, ENTRY_P, ENTRY_W, makeEntry } from '../machine/entry.ts';
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
  /** Its entry starts without A: nobody has touched it for a while. */
  readonly old?: boolean;
  /** Mapped by the entry one level above the bottom. It has that entry to itself: an even id, and the next va left out or empty. */
  readonly huge?: boolean;
  /** Where its page is at the start; node 0 unless said. */
  readonly node?: number;
}

/** A second process: what it maps, and what it is called. */
export interface SecondMm {
  readonly names: readonly [first: string, second: string];
  readonly running: readonly number[];
  /** `nothing`: it has only a PGD. `pages`: own tables, the same pages. A level: it shares the tables from there down. */
  readonly maps: 'nothing' | 'pages' | { readonly sharedFrom: number };
}

/** A world small enough to search: two entries a table, va0 and va1 in one PTE table, va2 and va3 in the next, and so on. */
export interface SmallWorld {
  readonly name: string;
  readonly shape: Shape;
  readonly vas: readonly SmallVa[];
  readonly cpus: number;
  /** CPUs that run the (first) process. */
  readonly running: readonly number[];
  /** What the process is called where there is no second one; `mm` unless said. */
  readonly mmName?: string;
  /** A second process at the same addresses. */
  readonly second?: SecondMm;
  readonly splitLocks?: boolean;
  /** Free frames for relocated tables on node 1. */
  readonly destination: number;
  /** The same on nodes 2, 3, ...: a number for each node beyond the first two. */
  readonly furtherNodes?: readonly number[];
  /** Free table frames of node 0 beyond those that faults may need. */
  readonly spareTables?: number;
  /** The node of each CPU; node 0 unless said. */
  readonly cpuNodes?: readonly number[];
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

/** The most vas that a small world of a shape has: what its lower three levels of tables lead to. */
export function mostVas(shape: Shape): number {
  return ENTRIES ** Math.min(3, shapeLevels(shape).length);
}

function vasOf({ shape, vas }: SmallWorld): readonly Va[] {
  const levels = shapeLevels(shape);
  const leaf = levels.length - 1;
  return vas.map(({ privateMapping = false, huge = false }, id) => {
    const whole = levels.map((_, level) => Math.floor(id / ENTRIES ** (leaf - level)) % ENTRIES);
    const address = levels.reduce(
      (sum, { shift }, level) => sum + (BigInt(at(whole, level)) << BigInt(shift)),
      0n,
    );
    const own = huge ? leaf - 1 : leaf;
    const path = whole.slice(0, own + 1);
    return { id, name: `va${String(id)}`, address, path, leaf: own, writable: true, privateMapping };
  });
}

interface Drawing {
  readonly kinds: number[];
  readonly nodes: number[];
  readonly pfns: number[];
  readonly next: number[];
}

/** Adds a frame of a kind on a node and gives its id. Page frame numbers count from 1 on node 0, from 101 on node 1, ... */
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
  const nodes = nodesOf(spec);
  const drawing: Drawing = { kinds: [0], nodes: [0], pfns: [0], next: nodes.map((node) => 1 + 100 * node) };
  const first = addTables(spec, vas, drawing);
  const second = secondTables(spec, vas, drawing, first);
  const wanted = tablesWanted(spec, levels.length);
  const pools = [
    addPool(drawing, tablePoolName(0), wanted + (spec.spareTables ?? 0), 0),
    ...nodes.slice(1).map((node) => addPool(drawing, tablePoolName(node), freeTables(spec, node), node)),
  ];
  const tableFrames = drawing.kinds.length - 1;
  const entries = new Int32Array((tableFrames + 1) * stride);
  const pages = addPages(spec, vas, drawing);
  for (const tables of second === null ? [first] : [first, second]) {
    mapPages({ spec, vas, tables, entries, stride, pages });
    linkTables({ tables, entries, stride, pae: spec.shape === 'pae' });
  }
  const spare =
    spec.vas.filter(({ empty }) => empty === true).length +
    spec.vas.filter((v) => v.privateMapping === true).length * 2;
  pools.push(addPool(drawing, 'free pages of node 0', spare, 0));
  return {
    name: spec.name,
    levels,
    stride,
    tableFrames,
    frames: drawing.kinds.length - 1,
    pfn: drawing.pfns,
    node: drawing.nodes,
    kind: drawing.kinds,
    nodes: nodes.length,
    mms: mmsOf(spec, first, second),
    cpus: spec.cpus,
    cpuNodes: Array.from({ length: spec.cpus }, (_, cpu) => spec.cpuNodes?.[cpu] ?? 0),
    vas,
    pdpteRegisters: spec.shape === 'pae',
    splitLocks: spec.splitLocks ?? true,
    wholeTableSteps: false,
    pools,
    entries,
    dirtyPages: vas.filter((va) => at(spec.vas, va.id).dirty === true).map((va) => pages.get(va.id) ?? 0),
    shared: sharedOf(spec),
    replicas: null,
  };
}

/** What the pool of free table frames of a node is called. */
export function tablePoolName(node: number): string {
  return `free table frames of node ${String(node)}`;
}

/** 0, 1, ...: two nodes at least. */
function nodesOf({ furtherNodes = [] }: SmallWorld): readonly number[] {
  return Array.from({ length: 2 + furtherNodes.length }, (_, node) => node);
}

function freeTables({ destination, furtherNodes = [] }: SmallWorld, node: number): number {
  return node === 1 ? destination : at(furtherNodes, node - 2);
}

const cpuMask = (cpus: readonly number[]): number => cpus.reduce((mask, cpu) => mask | (1 << cpu), 0);

function mmsOf(
  { running, second, mmName = 'mm' }: SmallWorld,
  first: readonly Table[],
  tables: readonly Table[] | null,
): readonly Mm[] {
  const one = { name: second?.names[0] ?? mmName, pgd: at(first, 0).frame, cpus: cpuMask(running) };
  if (second === undefined || tables === null) return [one];
  return [one, { name: second.names[1], pgd: at(tables, 0).frame, cpus: cpuMask(second.running) }];
}

function sharedOf({ second }: SmallWorld): World['shared'] {
  if (second === undefined || typeof second.maps === 'string') return null;
  return { level: second.maps.sharedFrom, mms: [0, 1] };
}

/** Table frames that faults, mremap and fork may need. */
function tablesWanted({ vas, second }: SmallWorld, levels: number): number {
  const empty = vas.some((va) => va.empty === true);
  return (empty ? levels - 1 : 0) + (second?.maps === 'nothing' ? levels - 1 : 0);
}

/** The second process's tables: its PGD, and below that its own, the first one's, or none. */
function secondTables(
  spec: SmallWorld,
  vas: readonly Va[],
  drawing: Drawing,
  first: readonly Table[],
): readonly Table[] | null {
  const { second } = spec;
  if (second === undefined) return null;
  if (second.maps === 'pages') return addTables(spec, vas, drawing);
  const own = second.maps === 'nothing' ? 1 : second.maps.sharedFrom;
  const tables = first
    .filter(({ level }) => level < own)
    .map((table) => ({ ...table, frame: addFrame(drawing, kindNumber('table'), 0) }));
  return second.maps === 'nothing' ? tables : [...tables, ...first.filter(({ level }) => level >= own)];
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
        (v) => level <= v.leaf && v.path.slice(0, level).join('.') === path && at(spec, v.id).empty !== true,
      );
      if (level > va.leaf) continue;
      if ((level > 0 && neededBy.length === 0) || tables.some((t) => t.level === level && t.path === path))
        continue;
      const frame = addFrame(drawing, kindNumber('table'), 0);
      tables.push({ frame, level, path, index: va.path[level - 1] ?? 0 });
    }
  return tables;
}

/** One page for each va that is mapped: by va id. */
function addPages(spec: SmallWorld, vas: readonly Va[], drawing: Drawing): ReadonlyMap<number, number> {
  const mapped = vas.filter((va) => at(spec.vas, va.id).empty !== true);
  return new Map(
    mapped.map((va) => [va.id, addFrame(drawing, kindNumber('data'), at(spec.vas, va.id).node ?? 0)]),
  );
}

interface Mapping {
  readonly spec: SmallWorld;
  readonly vas: readonly Va[];
  readonly tables: readonly Table[];
  readonly entries: Int32Array;
  readonly stride: number;
  readonly pages: ReadonlyMap<number, number>;
}

function mapPages({ spec, vas, tables, entries, stride, pages }: Mapping): void {
  for (const va of vas) {
    const page = pages.get(va.id);
    const { readOnly = false, old = false, huge = false } = at(spec.vas, va.id);
    const flags = ENTRY_P | (old ? 0 : ENTRY_A) | (readOnly ? 0 : ENTRY_W) | (huge ? ENTRY_LEAF : 0);
    const table = tables.find((t) => t.level === va.leaf && t.path === va.path.slice(0, va.leaf).join('.'));
    if (table !== undefined && page !== undefined)
      entries[table.frame * stride + at(va.path, va.leaf)] = makeEntry(page, flags);
  }
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
