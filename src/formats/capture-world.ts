import { at } from '../lib/at.ts';
import { makeEntry, MAX_FRAME } from '../machine/entry.ts';
import { pageShift } from '../machine/geometry.ts';
import { kindNumber, type Va, type World } from '../machine/world.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Action } from '../scenarios/script.ts';
import { IMAGE_LEAF, IMAGE_P } from './image-flags.ts';
import { nodeLookup, type NodeOfPfn } from './node-ranges.ts';
import type { ImageTable, ProcessImage } from './process-image.ts';
import { chooseTouches, type Touch } from './touches.ts';

/** How many tables and pages of an image are on a node; `made` marks a node that the machine does not have. */
export interface NodeShare {
  readonly id: number;
  readonly tables: number;
  readonly pages: number;
  readonly made: boolean;
}

const lookups = new WeakMap<ProcessImage, NodeOfPfn>();

/** The node of a frame number, by the image's ranges; the first node where none says. */
function nodeOfPfn(image: ProcessImage, pfn: number): number {
  const lookup = lookups.get(image) ?? nodeLookup(image.nodes);
  lookups.set(image, lookup);
  return lookup(pfn) ?? image.nodes[0]?.id ?? 0;
}

/** Tables and pages by node. A machine with one node gets a second one, made, so that there is somewhere to move to. */
export function nodeShares(image: ProcessImage): readonly NodeShare[] {
  const ids = image.nodes.length > 0 ? image.nodes.map(({ id }) => id) : [0];
  const shares = new Map(ids.map((id) => [id, { id, tables: 0, pages: 0, made: false }]));
  for (const table of image.tables) {
    const share = shares.get(nodeOfTable(image, table));
    if (share !== undefined) share.tables += 1;
    countPages(image, table, shares);
  }
  const result = [...shares.values()];
  if (result.length === 1) result.push({ id: Math.max(...ids) + 1, tables: 0, pages: 0, made: true });
  return result;
}

function countPages(image: ProcessImage, table: ImageTable, shares: Map<number, { pages: number }>): void {
  const bottom = image.geometry.levels.length - 1;
  const shift = at(image.geometry.levels, table.level).shift - pageShift;
  for (let i = 0; i < table.index.length; i++) {
    if (!isLeaf(table, i, bottom)) continue;
    const share = shares.get(nodeOfPfn(image, at(table.target, i)));
    if (share !== undefined) share.pages += 2 ** shift;
  }
}

function isLeaf(table: ImageTable, i: number, bottom: number): boolean {
  const flags = at(table.flags, i);
  return (flags & IMAGE_P) !== 0 && (table.level === bottom || (flags & IMAGE_LEAF) !== 0);
}

function nodeOfTable(image: ProcessImage, { pa, node }: ImageTable): number {
  if (node !== null) return node;
  return pa === null ? (image.nodes[0]?.id ?? 0) : nodeOfPfn(image, Math.floor(pa / 2 ** pageShift));
}

interface Frames {
  readonly pfn: Float64Array;
  readonly node: Uint8Array;
  readonly kind: Uint8Array;
  next: number;
}

export interface Move {
  readonly from: number;
  readonly to: number;
}

/**
 * The world of a real process whose tables are to move from one node to another, with CPU0 touching some of its addresses.
 * A step copies a whole table. Table frames that the source does not name get numbers past the machine's own.
 * Throws when the process has more frames than an entry can name.
 */
export function captureScenario(image: ProcessImage, { from, to }: Move): Scenario {
  const { geometry, tables } = image;
  const moving = tables.filter((table) => nodeOfTable(image, table) === from).length;
  const pages = countEntries(image);
  const touches = chooseTouches(image);
  const tableFrames = tables.length + moving;
  const spare = 8;
  const total = tableFrames + touches.length + spare + pages + 1;
  if (total > MAX_FRAME)
    throw new Error(`the process has ${String(total)} frames, more than ${String(MAX_FRAME)}`);
  const frames: Frames = {
    pfn: new Float64Array(total),
    node: new Uint8Array(total),
    kind: new Uint8Array(total).fill(kindNumber('data')),
    next: 1,
  };
  const made = madeFrom(image);
  for (const table of tables) addTable(image, table, { frames, made });
  for (let i = 0; i < moving; i++)
    addFrame(frames, { pfn: made + frames.next, node: to, kind: kindNumber('free') });
  const world = fillWorld({ image, frames, touches, moving, spare, to, made });
  const script: Action[] = touches.map(({ va, write }) => ({ do: 'access', va, write }));
  return {
    id: 'capture',
    title: image.name,
    about: `${String(tables.length)} tables of ${geometry.levels.length.toString()} levels; those on node ${String(from)} move to node ${String(to)} while CPU0 touches ${String(touches.length)} addresses.`,
    world,
    description: null,
    threads: [
      { cpu: 0, name: 'user', mm: 0, actions: script },
      {
        cpu: 1,
        name: 'relocate',
        mm: 0,
        actions: [{ do: 'relocate-mm', mm: 0, source: from, pool: at(world.pools, 0).name }],
      },
    ],
    switches: { allocationSleeps: false, speculation: null },
    sometimes: [],
    opensWith: { version: '2008-05-09', overrides: { nodeTest: 'pointee' } },
  };
}

/** First frame number that is nobody's: past every range and every frame that the image names. */
function madeFrom({ nodes, tables }: ProcessImage): number {
  let last = 0;
  for (const { ranges } of nodes) for (const { endPfn } of ranges) last = Math.max(last, endPfn);
  for (const { target } of tables) for (const pfn of target) last = Math.max(last, pfn + 1);
  return last;
}

function countEntries({ tables, geometry }: ProcessImage): number {
  const bottom = geometry.levels.length - 1;
  let count = 0;
  for (const table of tables)
    for (let i = 0; i < table.index.length; i++) if (isLeaf(table, i, bottom)) count += 1;
  return count;
}

interface NewFrame {
  readonly pfn: number;
  readonly node: number;
  readonly kind: number;
}

function addFrame(frames: Frames, { pfn, node, kind }: NewFrame): number {
  const id = frames.next++;
  frames.pfn[id] = pfn;
  frames.node[id] = node;
  frames.kind[id] = kind;
  return id;
}

function addTable(
  image: ProcessImage,
  table: ImageTable,
  { frames, made }: { frames: Frames; made: number },
): void {
  const pfn = table.pa === null ? made + frames.next : Math.floor(table.pa / 2 ** pageShift);
  addFrame(frames, { pfn, node: nodeOfTable(image, table), kind: kindNumber('table') });
}

interface Filling {
  readonly image: ProcessImage;
  readonly frames: Frames;
  readonly touches: readonly Touch[];
  readonly moving: number;
  readonly spare: number;
  readonly to: number;
  readonly made: number;
}

function fillWorld({ image, frames, touches, moving, spare, made }: Filling): World {
  const { geometry, tables } = image;
  const levels = geometry.levels.map(({ name, entries }) => ({
    name,
    entries,
    pageSized: entries * geometry.entryBytes === 4096,
  }));
  const stride = Math.max(...levels.map(({ entries }) => entries));
  const tableFrames = tables.length + moving;
  const touched = new Map<number, number>();
  for (const { table, entry } of touches) {
    const pfn = at(at(tables, table).target, entry);
    if (!touched.has(pfn))
      touched.set(pfn, addFrame(frames, { pfn, node: nodeOfPfn(image, pfn), kind: kindNumber('data') }));
  }
  const dataBase = frames.next;
  for (let i = 0; i < spare; i++)
    addFrame(frames, { pfn: made + frames.next, node: 0, kind: kindNumber('free') });
  const tracked = frames.next - 1;
  const entries = new Int32Array((tableFrames + 1) * stride);
  tables.forEach((table, number) => {
    fillTable({ image, frames, touched, entries, base: (number + 1) * stride }, table);
  });
  return {
    name: image.name,
    levels,
    stride,
    tableFrames,
    frames: tracked,
    pfn: frames.pfn.subarray(0, frames.next),
    node: frames.node.subarray(0, frames.next),
    kind: frames.kind.subarray(0, frames.next),
    nodes: Math.max(...nodeShares(image).map(({ id }) => id)) + 1,
    mms: [{ name: image.facts.comm ?? image.name, pgd: 1, cpus: 1 }],
    cpus: 2,
    cpuNodes: [0, 0],
    vas: touches.map((touch, id) => vaOf(touch, id)),
    pdpteRegisters: geometry.id === 'x86-32-pae',
    splitLocks: true,
    wholeTableSteps: true,
    pools: [
      { name: 'free table frames', base: tables.length + 1, count: moving },
      { name: 'free pages', base: dataBase, count: spare },
    ],
    entries,
    dirtyPages: [],
    shared: null,
    replicas: null,
  };
}

function vaOf({ address, path, writable, privateMapping, name }: Touch, id: number): Va {
  return { id, name, address, path, leaf: path.length - 1, writable, privateMapping };
}

interface FillTable {
  readonly image: ProcessImage;
  readonly frames: Frames;
  readonly touched: ReadonlyMap<number, number>;
  readonly entries: Int32Array;
  readonly base: number;
}

/** The engine's flags are the low six of an image's. */
const ENGINE_FLAGS = 63;

function fillTable({ image, frames, touched, entries, base }: FillTable, table: ImageTable): void {
  const bottom = image.geometry.levels.length - 1;
  for (let i = 0; i < table.index.length; i++) {
    const flags = at(table.flags, i) & ENGINE_FLAGS;
    const target = at(table.target, i);
    let frame = 0;
    if (isLeaf(table, i, bottom)) {
      const node = nodeOfPfn(image, target);
      frame =
        touched.get(target) ?? addFrame(frames, { pfn: Math.max(0, target), node, kind: kindNumber('data') });
    } else if ((flags & IMAGE_P) !== 0) frame = target + 1;
    entries[base + at(table.index, i)] = makeEntry(frame, flags);
  }
}
