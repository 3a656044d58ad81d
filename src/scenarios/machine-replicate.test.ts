import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { entryFrame } from '../machine/entry.ts';
import { replicated } from '../machine/replicate.ts';
import { kindNumber, type World } from '../machine/world.ts';
import { makeSmallWorld } from './small-world.ts';

/** A world of two nodes, its frames numbered as small worlds are, or like those of a real machine. */
function worldOf(shift = 0): World {
  const world = makeSmallWorld({
    name: 'test',
    shape: 'three',
    vas: [{}, { dirty: true }, { node: 1 }, { empty: true }],
    cpus: 1,
    running: [0],
    destination: 3,
  });
  return { ...world, pfn: Array.from(world.pfn, (pfn) => (pfn === 0 ? 0 : pfn + shift)) };
}

const lists = ({ pfn, node, kind }: World): readonly (readonly number[])[] =>
  [pfn, node, kind].map((list) => Array.from(list));

describe('a world whose tables have copies', () => {
  it('one node: it is the same world', () => {
    const world = { ...worldOf(), nodes: 1 };
    expect(replicated(world)).toBe(world);
  });

  it.each([0, 1000])('every frame has a number of its own, also where real ones begin at %i', (shift) => {
    const world = replicated(worldOf(shift));
    const [pfns = []] = lists(world);
    expect(new Set(pfns).size).toBe(pfns.length);
    if (shift === 0)
      expect(pfns.slice(1).map((pfn) => Math.floor(pfn / 100))).toEqual(Array.from(world.node).slice(1));
    else
      expect(Math.min(...pfns.slice(worldOf().tableFrames + 1, world.tableFrames + 1))).toBeGreaterThan(1100);
  });

  it('tables come first, then the copies and their pools; pages and dirty ones move up, what they are stays', () => {
    const [before, after] = [worldOf(), replicated(worldOf())];
    const added = after.tableFrames - before.tableFrames;
    expect(after.frames - before.frames).toBe(added);
    for (const [i, list] of lists(after).entries()) {
      const old = at(lists(before), i);
      expect(list.slice(0, before.tableFrames + 1)).toEqual(old.slice(0, before.tableFrames + 1));
      expect(list.slice(after.tableFrames + 1)).toEqual(old.slice(before.tableFrames + 1));
    }
    expect(after.dirtyPages).toEqual(before.dirtyPages.map((page) => page + added));
    expect(at(after.pools, after.pools.length - 1).base).toBe(
      at(before.pools, before.pools.length - 1).base + added,
    );
  });

  it('each node’s tree has its own tables at every level and the same pages, and copies know each other', () => {
    const world = replicated(worldOf());
    const { replicas } = world;
    if (replicas === null) throw new Error('no copies');
    const entry = (table: number, index: number): number =>
      at(Array.from(world.entries), table * world.stride + index);
    let tables = at(replicas.tops, 0);
    for (const { name } of world.levels) {
      expect(
        tables.map((table) => world.node[table]),
        name,
      ).toEqual([0, 1]);
      expect(tables.map((table) => world.kind[table])).toEqual([kindNumber('table'), kindNumber('table')]);
      expect(tables.map((table) => replicas.next[table])).toEqual(tables.toReversed());
      const flags = tables.map((table) => entry(table, 0) & 63);
      expect(flags[0]).toBe(flags[1]);
      tables = tables.map((table) => entryFrame(entry(table, 0)));
    }
    expect(tables[0]).toBe(tables[1]);
    expect(tables[0]).toBeGreaterThan(world.tableFrames);
  });

  it('each node has a pool of free table frames for copies that faults make, as large as the world’s own', () => {
    const world = replicated(worldOf());
    const own = at(world.pools, 0);
    for (const [node, { base, count }] of (world.replicas?.pools ?? []).entries()) {
      expect(count).toBe(own.count);
      for (let frame = base; frame < base + count; frame++)
        expect([world.node[frame], world.kind[frame]]).toEqual([node, kindNumber('free')]);
    }
  });
});
