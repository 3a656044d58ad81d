import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, entryFrame } from '../machine/entry.ts';
import { kindNumber } from '../machine/world.ts';
import type { Design } from '../kernel/design.ts';
import {
  brokenBy,
  designOf,
  driveAll,
  driveOver,
  driveUntil,
  isOver,
  lines,
  poke,
  read,
  type Rig,
  rigOf,
  stepActor,
} from './testing/rig.ts';
import { scenarioOf } from './scenarios.ts';
import { moverOn, reads, scenarioOn, userOn, wholeMoverOn, writes } from './testing/worlds.ts';

/** The choice replicas=per-node, step by step. */
const copies = (version: string, overrides: Partial<Design> = {}): Design =>
  designOf(version, { ...overrides, replicas: 'per-node' });

/** The table of each level that a node's tree leads to on the way to va0. */
function treeOf(rig: Rig, node: number): readonly number[] {
  const tables = [read(rig, 'mm.pgd', 0, node)];
  for (let level = 1; level < rig.scene.world.levels.length; level++)
    tables.push(entryFrame(read(rig, 'entries', 0, at(tables, level - 1))));
  return tables;
}

const shown = (rig: Rig, frame = 0): string => String(rig.scene.world.pfn[frame]);
const nodesOf = (rig: Rig, frames: readonly number[]): readonly (number | undefined)[] =>
  frames.map((frame) => rig.scene.world.node[frame]);

const twoNodes = { shape: 'three', vas: [{}, { empty: true }], cpuNodes: [0, 1], running: [0, 1] } as const;

describe('a copy of every table on every node', () => {
  it('is there at the start: each tree stays on its node, and CR3 of a CPU leads to its node’s PGD', () => {
    const rig = rigOf(scenarioOn(twoNodes, [userOn(0), userOn(1)]), copies('repaired'));
    expect(nodesOf(rig, treeOf(rig, 0))).toEqual([0, 0, 0]);
    expect(nodesOf(rig, treeOf(rig, 1))).toEqual([1, 1, 1]);
    expect([0, 1].map((cpu) => read(rig, 'cpu.cr3', cpu))).toEqual([
      read(rig, 'mm.pgd', 0, 0),
      read(rig, 'mm.pgd', 0, 1),
    ]);
  });

  it('a fault writes the new entry to both copies, one after the other, under one ptl', () => {
    const rig = rigOf(scenarioOn(twoNodes, [userOn(0, reads(1)), userOn(1)]), copies('repaired'));
    const ptes = [0, 1].map((node) => at(treeOf(rig, node), 2));
    const entries = (): number[] => ptes.map((pte) => read(rig, 'entries', 1, pte) & ENTRY_P);
    driveUntil(rig, 'cpu0', /^set pte\[1\]/);
    stepActor(rig, 'cpu0');
    expect(entries()).toEqual([1, 0]);
    expect(read(rig, 'frame.ptl', at(ptes, 0))).toBe(1);
    stepActor(rig, 'cpu0');
    expect(entries()).toEqual([1, 1]);
  });

  it('D is set by the hardware in the copy of the CPU’s node alone; reclaim finds it there', () => {
    const scenario = scenarioOn(twoNodes, [
      userOn(0),
      userOn(1, writes(0)),
      { cpu: 2, name: 'reclaim', mm: 0, actions: [{ do: 'reclaim', mm: 0, va: 0 }] },
    ]);
    const rig = rigOf(scenario, copies('repaired'));
    while (!isOver(rig, 'cpu1')) stepActor(rig, 'cpu1');
    const dirty = [0, 1].map((node) => read(rig, 'entries', 0, at(treeOf(rig, node), 2)) & ENTRY_D);
    expect(dirty).toEqual([0, ENTRY_D]);
    const taken = driveAll(rig, 'cpu2');
    expect(lines(taken).join()).toMatch(/mark frame \d+ dirty.*write frame \d+ out/);
    expect(brokenBy(taken)).toEqual([]);
  });

  it('a relocation drops the copy on the source node: every CPU uses the other one, no frame is taken', () => {
    const world = { shape: 'three', vas: [{}], destination: 3 } as const;
    const rig = rigOf(scenarioOn(world, [userOn(0), wholeMoverOn(1)]), copies('repaired'));
    const [before, there] = [treeOf(rig, 0), treeOf(rig, 1)];
    driveAll(rig, 'cpu1');
    expect(treeOf(rig, 0)).toEqual(there);
    expect(before.map((frame) => read(rig, 'frame.replica', frame))).toEqual([0, 0, 0]);
    expect(there.map((frame) => read(rig, 'frame.replica', frame))).toEqual([0, 0, 0]);
    expect(read(rig, 'cpu.cr3', 0)).toBe(at(there, 0));
  });

  it('and adds one where the destination has none: moved within its node, the table takes its old one’s place', () => {
    const twice = { ...moverOn(1, 1, 1) };
    const rig = rigOf(
      scenarioOn({ shape: 'two', vas: [{}], destination: 2 }, [userOn(0), twice]),
      copies('repaired'),
    );
    const there = at(treeOf(rig, 1), 1);
    driveAll(rig, 'cpu1');
    const now = at(treeOf(rig, 0), 1);
    expect(now).not.toBe(there);
    expect([now, at(treeOf(rig, 1), 1)]).toEqual([now, now]);
    expect(rig.scene.world.node[now]).toBe(1);
  });

  /** The PTE table that a node's tree leads to on the way to va2, 0 where the way is cut. */
  const pteOfVa2 = (rig: Rig, node: number): number =>
    entryFrame(read(rig, 'entries', 1, at(treeOf(rig, node), 1)));
  const missing = { ...twoNodes, vas: [{}, {}, { empty: true }] } as const;

  it('a fault that lacks a table makes one on each node, in a ring, each led to by its own node’s tree', () => {
    const rig = rigOf(scenarioOn(missing, [userOn(0, reads(2)), userOn(1)]), copies('repaired'));
    expect(brokenBy(driveAll(rig, 'cpu0'))).toEqual([]);
    const tables = [0, 1].map((node) => pteOfVa2(rig, node));
    expect(nodesOf(rig, tables)).toEqual([0, 1]);
    expect(tables.map((frame) => read(rig, 'frame.kind', frame))).toEqual([
      kindNumber('table'),
      kindNumber('table'),
    ]);
    expect(tables.map((frame) => read(rig, 'frame.replica', frame))).toEqual(tables.toReversed());
    expect(tables.map((frame) => read(rig, 'entries', 0, frame) & ENTRY_P)).toEqual([1, 1]);
  });

  it('where a node has no copy of the table above, its new table is given back', () => {
    const threads = [userOn(0, reads(2)), moverOn(1, 1)];
    const rig = rigOf(scenarioOn({ ...missing, running: [0] }, threads), copies('repaired'));
    driveAll(rig, 'cpu1');
    expect(isOver(rig, 'cpu1')).toBe(true);
    const [one, other] = [0, 1].map((node) => pteOfVa2(rig, node));
    expect(one).toBe(other);
    const tables = [...Array(rig.scene.world.tableFrames + 1).keys()].filter(
      (frame) => read(rig, 'frame.kind', frame) === kindNumber('new'),
    );
    expect([tables, read(rig, 'frame.replica', one ?? 0)]).toEqual([[], 0]);
  });

  it('what one copy is cleared of, all are: munmap empties and frees both', () => {
    const unmap = userOn(0, { do: 'munmap', mm: 0, vas: [0] });
    const rig = rigOf(scenarioOn(twoNodes, [unmap, userOn(1)]), copies('repaired'));
    const ptes = [0, 1].map((node) => at(treeOf(rig, node), 2));
    const pmds = [0, 1].map((node) => at(treeOf(rig, node), 1));
    expect(brokenBy(driveAll(rig, 'cpu0'))).toEqual([]);
    for (const table of [...ptes, ...pmds]) expect(read(rig, 'entries', 0, table)).toBe(0);
    expect(ptes.map((frame) => read(rig, 'frame.kind', frame))).toEqual([
      kindNumber('freed-table'),
      kindNumber('freed-table'),
    ]);
  });

  it('fork gives the child what the hardware set in any copy of the parent’s entry', () => {
    const fork = scenarioOf('fork');
    if (fork === null) throw new Error('no scenario fork');
    const rig = rigOf(fork, copies('repaired'));
    const leaf = (mm: number, node: number): readonly [number, number] => {
      const pgd = read(rig, 'mm.pgd', mm, node);
      return [0, entryFrame(read(rig, 'entries', 0, pgd))];
    };
    const there = leaf(0, 1);
    poke(rig, 'entries', read(rig, 'entries', ...leaf(0, 0)) & ~(ENTRY_A | ENTRY_D), leaf(0, 0));
    poke(rig, 'entries', read(rig, 'entries', ...there) | ENTRY_A | ENTRY_D, there);
    driveUntil(rig, 'cpu0', /^(flush|reload)_tlb_mm/);
    expect(read(rig, 'entries', ...leaf(1, 0)) & (ENTRY_A | ENTRY_D)).toBe(ENTRY_A | ENTRY_D);
  });

  it('invalidate-first clears only what leads to the copy that leaves, and nothing is left to be set', () => {
    const rig = rigOf(
      scenarioOn({ shape: 'three', vas: [{}] }, [userOn(0), moverOn(1, 2)]),
      copies('repaired'),
    );
    const entries = (): number[] => [0, 1].map((node) => read(rig, 'entries', 0, at(treeOf(rig, node), 1)));
    const [, there] = entries();
    driveUntil(rig, 'cpu1', /^all acknowledged/);
    expect(entries()).toEqual([0, there]);
    driveAll(rig, 'cpu1');
    expect(entries()).toEqual([there, there]);
    for (const ghost of ['ghost.to_be_set', 'ghost.cleared_at', 'ghost.cleared_table'])
      expect(
        [0, 1].map((node) => read(rig, ghost, 0, node)),
        ghost,
      ).toEqual([0, 0]);
  });

  it('a flush that loads mm.pgd gives each CPU the PGD of its node', () => {
    const unmap = userOn(0, { do: 'munmap', mm: 0, vas: [0] });
    const rig = rigOf(scenarioOn(twoNodes, [unmap, userOn(1)]), copies('limbo-repaired'));
    poke(rig, 'cpu.cr3', read(rig, 'mm.pgd', 0, 0), [1]);
    driveAll(rig, 'cpu0');
    expect([0, 1].map((cpu) => read(rig, 'cpu.cr3', cpu))).toEqual(
      [0, 1].map((node) => read(rig, 'mm.pgd', 0, node)),
    );
  });

  it('a merge at free takes the ptl of the lowest copy, not of the table that node 0’s tree leads to', () => {
    const [action] = moverOn(1, 1).actions;
    if (action?.do !== 'relocate') throw new Error('no relocation');
    const mover = { ...moverOn(1, 1), actions: [{ ...action, pool: 'free table frames of node 2' }] };
    const rig = rigOf(
      scenarioOn({ shape: 'two', vas: [{}], furtherNodes: [3] }, [userOn(0), mover]),
      copies('limbo-repaired'),
    );
    const ptes = [0, 1, 2].map((node) => at(treeOf(rig, node), 1));
    const locked = lines(driveAll(rig, 'cpu1')).filter((line) => line.startsWith('lock: lock ptl'));
    expect(treeOf(rig, 0)[1]).toBe(ptes[2]);
    expect(locked).toEqual([ptes[0], ptes[1]].map((pte) => `lock: lock ptl of frame ${shown(rig, pte)}`));
  });

  it('sharedTables=all-parents: where both nodes’ trees lead to one table, both entries of the other process follow it', () => {
    const second = { names: ['first', 'second'], running: [0], maps: { sharedFrom: 1 } } as const;
    const world = { shape: 'three', vas: [{}], running: [], destination: 2, second } as const;
    const rig = rigOf(scenarioOn(world, [{ ...userOn(0), mm: 1 }, moverOn(1, 1, 1)]), copies('repaired'));
    const pmds = (): number[] =>
      [0, 1].flatMap((node) =>
        [0, 1].map((mm) => entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd', mm, node)))),
      );
    const [, , one = 0] = pmds();
    driveOver(rig, 'cpu1');
    const [now = 0] = pmds();
    expect(now).not.toBe(one);
    expect(read(rig, 'frame.kind', one)).toBe(kindNumber('freed-table'));
    expect(pmds()).toEqual([now, now, now, now]);
  });
});
