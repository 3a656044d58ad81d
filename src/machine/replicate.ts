import { at } from '../lib/at.ts';
import { ENTRY_LEAF, ENTRY_P, ENTRY_SHIFT, entryFrame } from './entry.ts';
import { kindNumber, type Pool, type World } from './world.ts';

/** New table frames stand after the world's own; frames of data move up by `shift`. */
interface Plan {
  readonly world: World;
  readonly tables: readonly number[];
  /** By table and node: its copy there, itself on its own node. */
  readonly copies: ReadonlyMap<number, readonly number[]>;
  readonly pools: readonly Pool[];
  /** Node of each new frame, and whether it holds a copy. */
  readonly fresh: readonly { readonly node: number; readonly of: number }[];
}

function planOf(world: World): Plan {
  const tables = Array.from({ length: world.tableFrames }, (_, i) => i + 1).filter(
    (frame) => world.kind[frame] === kindNumber('table'),
  );
  const nodes = Array.from({ length: world.nodes }, (_, node) => node);
  const fresh: { node: number; of: number }[] = [];
  const add = (node: number, of: number): number => world.tableFrames + fresh.push({ node, of });
  const copies = new Map(
    tables.map((table) => [
      table,
      nodes.map((node) => (node === world.node[table] ? table : add(node, table))),
    ]),
  );
  const own = at(world.pools, 0);
  const home = own.count > 0 ? (world.node[own.base] ?? 0) : 0;
  const pools = nodes.map((node): Pool => {
    if (node === home) return own;
    const base = world.tableFrames + fresh.length + 1;
    for (let i = 0; i < own.count; i++) add(node, 0);
    return { name: `free table frames of node ${String(node)} for copies`, base, count: own.count };
  });
  return { world, tables, copies, pools, fresh };
}

/** The entry of the copy on a node: a table below is that node's own, all else is the same. */
function entryOn({ world, copies, fresh }: Plan, entry: number, node: number): number {
  const frame = entryFrame(entry);
  const flags = entry & ((1 << ENTRY_SHIFT) - 1);
  if (frame > world.tableFrames) return ((frame + fresh.length) << ENTRY_SHIFT) | flags;
  const below = (entry & ENTRY_P) !== 0 && (entry & ENTRY_LEAF) === 0 ? copies.get(frame)?.[node] : undefined;
  return ((below ?? frame) << ENTRY_SHIFT) | flags;
}

function copiedEntries(plan: Plan): Int32Array {
  const { world, tables, copies, fresh } = plan;
  const { stride, tableFrames } = world;
  const entries = new Int32Array((tableFrames + fresh.length + 1) * stride);
  for (const table of tables)
    for (const [node, copy] of (copies.get(table) ?? []).entries())
      for (let i = 0; i < stride; i++)
        entries[copy * stride + i] = entryOn(plan, at(world.entries, table * stride + i), node);
  return entries;
}

/** A list by frame id with room for the new tables. */
function widened({ world, fresh }: Plan, list: ArrayLike<number>, value: Widen): readonly number[] {
  const all = Array.from(list);
  const added = fresh.map(value);
  return [...all.slice(0, world.tableFrames + 1), ...added, ...all.slice(world.tableFrames + 1)];
}

type Widen = (fresh: { readonly node: number; readonly of: number }, index: number) => number;

/** Page frame numbers of new tables: past all others, so that no two frames share one. */
function pfnsOf(plan: Plan): readonly number[] {
  let last = 0;
  for (let i = 0; i < plan.world.pfn.length; i++) last = Math.max(last, at(plan.world.pfn, i));
  const small = last < 1000;
  const next = Array.from({ length: plan.world.nodes }, (_, node) =>
    small ? 50 + 100 * node : last + 1 + node * plan.fresh.length,
  );
  return widened(plan, plan.world.pfn, ({ node }) => {
    const pfn = at(next, node);
    next[node] = pfn + 1;
    return pfn;
  });
}

function ringsOf({ world, tables, copies, fresh }: Plan): readonly number[] {
  const next = new Array<number>(world.tableFrames + fresh.length + 1).fill(0);
  for (const table of tables) {
    const ring = copies.get(table) ?? [];
    if (ring.length > 1) for (const [i, copy] of ring.entries()) next[copy] = at(ring, (i + 1) % ring.length);
  }
  return next;
}

/** The same world with a copy of every table on every node, each leading to the tables of its own node. */
export function replicated(world: World): World {
  if (world.nodes < 2) return world;
  const plan = planOf(world);
  const added = plan.fresh.length;
  const moved = (frame: number): number => (frame > world.tableFrames ? frame + added : frame);
  const tops = world.mms.map(({ pgd }) => plan.copies.get(pgd) ?? []);
  return {
    ...world,
    tableFrames: world.tableFrames + added,
    frames: world.frames + added,
    pfn: pfnsOf(plan),
    node: widened(plan, world.node, ({ node }) => node),
    kind: widened(plan, world.kind, ({ of }) => kindNumber(of === 0 ? 'free' : 'table')),
    mms: world.mms.map((mm, i) => ({ ...mm, pgd: tops[i]?.[0] ?? mm.pgd })),
    pools: world.pools.map((pool) => ({ ...pool, base: moved(pool.base) })),
    entries: copiedEntries(plan),
    dirtyPages: world.dirtyPages.map(moved),
    replicas: { tops, next: ringsOf(plan), pools: plan.pools },
  };
}
