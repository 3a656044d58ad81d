import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, ENTRY_W, entryFrame, makeEntry } from '../machine/entry.ts';
import { type FrameKind, kindNumber } from '../machine/world.ts';
import { brokenNow, designOf, driveAll, poke, read, type Rig, rigOf } from './testing/rig.ts';
import { reads, scenarioOn, userOn, wholeMoverOn } from './testing/worlds.ts';

/** A run at its end: va1 was faulted in, and every table was moved to node 1. */
function ended(replicas: 'none' | 'per-node' = 'none'): Rig {
  const threads = [userOn(0, reads(1), reads(3)), wholeMoverOn(1)];
  const vas = [{}, { empty: true }, {}, {}];
  const rig = rigOf(scenarioOn({ shape: 'three', vas }, threads), designOf('repaired', { replicas }));
  driveAll(rig, 'cpu0');
  expect(brokenNow(rig)).toEqual([]);
  return rig;
}

/** The table of a level that the tree of a node leads to, on the way to va0. */
function tableOf(rig: Rig, level: number, node = 0): number {
  let table = read(rig, 'mm.pgd', 0, node);
  for (let above = 0; above < level; above++) table = entryFrame(read(rig, 'entries', 0, table));
  return table;
}

const framesOf = (rig: Rig, kind: FrameKind): readonly number[] =>
  Array.from({ length: rig.scene.world.frames }, (_, i) => i + 1).filter(
    (frame) => read(rig, 'frame.kind', frame) === kindNumber(kind),
  );

/** What is broken while a word of the state has another value; the word is put back. */
function brokenWith(rig: Rig, field: string, value: number, [col = 0, row = 0]: readonly number[]): string[] {
  const before = read(rig, field, col, row);
  poke(rig, field, value, [col, row]);
  const broken = brokenNow(rig);
  poke(rig, field, before, [col, row]);
  return broken;
}

describe('a translation is kept', () => {
  it.each([0, 1])('or fails at the end where entry %i leads elsewhere, lets write, or is gone', (index) => {
    const rig = ended();
    const table = tableOf(rig, 2);
    const entry = read(rig, 'entries', index, table);
    const elsewhere = entry + makeEntry(1, 0);
    for (const wrong of [elsewhere, entry ^ ENTRY_W, entry & ~ENTRY_P, 0])
      expect(brokenWith(rig, 'entries', wrong, [index, table])).toContain('translation-kept');
    expect(brokenWith(rig, 'entries', entry ^ ENTRY_D, [index, table])).toEqual([]);
  });

  it('and is asked about at the end alone: on the way there entries may be anything', () => {
    const rig = rigOf(scenarioOn({}, [userOn(0, reads(0))]), designOf('repaired'));
    expect(brokenWith(rig, 'entries', 0, [0, tableOf(rig, 1)])).toEqual([]);
  });

  it('by every node’s tree, where each has its own', () => {
    const rig = rigOf(scenarioOn({}, [userOn(0)]), designOf('repaired', { replicas: 'per-node' }));
    driveAll(rig, 'cpu0');
    const tables = [0, 1].map((node) => tableOf(rig, 1, node));
    expect(new Set(tables).size).toBe(2);
    for (const table of tables)
      expect(brokenWith(rig, 'entries', 0, [0, table])).toContain('translation-kept');
  });
});

describe('a mark', () => {
  it('is gone at the end, and may be there before', () => {
    expect(brokenWith(ended(), 'mm.rewalk', 1, [0])).toEqual(['counts']);
    const rig = rigOf(scenarioOn({}, [userOn(0, reads(0))]), designOf('repaired'));
    expect(brokenWith(rig, 'mm.rewalk', 1, [0])).toEqual([]);
  });
});

describe('nothing leaks', () => {
  it.each(['new', 'limbo', 'unlinked', 'table'] as const)(
    'at the end no frame is a stray “%s” table',
    (kind) => {
      const rig = ended();
      const free = framesOf(rig, 'free').filter((frame) => frame <= rig.scene.world.tableFrames);
      expect(free.length).toBeGreaterThan(1);
      for (const frame of [...free, at(framesOf(rig, 'freed-table'), 0), 1, rig.scene.world.tableFrames])
        expect(brokenWith(rig, 'frame.kind', kindNumber(kind), [frame])).toEqual(['no-leak']);
    },
  );

  it('but what is in use, free, freed or the kernel’s is no leak', () => {
    const rig = ended();
    const [free = 0] = framesOf(rig, 'free');
    for (const kind of ['freed-table', 'kernel', 'offline'] as const)
      expect(brokenWith(rig, 'frame.kind', kindNumber(kind), [free])).toEqual([]);
  });

  it('before the end tables and pages may be on their way', () => {
    const rig = rigOf(scenarioOn({ vas: [{ empty: true }] }, [userOn(0, reads(0))]), designOf('repaired'));
    const [free = 0] = framesOf(rig, 'free');
    for (const frame of [free, rig.scene.world.frames])
      expect(brokenWith(rig, 'frame.kind', kindNumber('new'), [frame])).toEqual([]);
  });

  it.each([0, 1])('a tree that is cut below level %i leaves the tables under it to nobody', (level) => {
    const rig = ended();
    expect(brokenWith(rig, 'entries', 0, [0, tableOf(rig, level)])).toContain('no-leak');
  });

  it('nor is the PGD found where mm.pgd leads elsewhere', () => {
    const rig = ended();
    expect(brokenWith(rig, 'mm.pgd', tableOf(rig, 2), [0])).toContain('no-leak');
  });

  it('a page that a fault took is mapped or free at the end: no stray page, the last free one neither', () => {
    const rig = ended();
    const page = entryFrame(read(rig, 'entries', 1, tableOf(rig, 2)));
    const { base, count } = at(rig.scene.world.pools, rig.scene.world.pools.length - 1);
    expect([page >= base, page < base + count]).toEqual([true, true]);
    expect(brokenWith(rig, 'frame.kind', kindNumber('new'), [page])).toEqual(['no-leak']);
    expect(brokenWith(rig, 'entries', 0, [1, tableOf(rig, 2)])).toEqual(['translation-kept', 'no-leak']);
  });

  it('copies on nodes are found through each other', () => {
    const threads = [userOn(0)];
    const rig = rigOf(scenarioOn({}, threads), designOf('repaired', { replicas: 'per-node' }));
    driveAll(rig, 'cpu0');
    const [here, there] = [0, 1].map((node) => tableOf(rig, 1, node));
    expect(brokenNow(rig)).toEqual([]);
    poke(rig, 'entries', read(rig, 'entries', 0, tableOf(rig, 0, 0)), [0, tableOf(rig, 0, 1)]);
    expect(brokenNow(rig)).toEqual([]);
    poke(rig, 'frame.replica', here ?? 0, [here ?? 0]);
    poke(rig, 'frame.replica', there ?? 0, [there ?? 0]);
    expect(brokenNow(rig)).toEqual(['no-leak']);
  });
});

describe('an accessed bit is lost', () => {
  const touched = (): { readonly rig: Rig; readonly lose: () => void } => {
    const rig = rigOf(scenarioOn({}, [userOn(0, reads(0))]), designOf('repaired'));
    const table = tableOf(rig, 1);
    const lose = (): void => {
      poke(rig, 'entries', read(rig, 'entries', 0, table) & ~ENTRY_A, [0, table]);
    };
    return { rig, lose };
  };

  it('where nobody cleared it and the current entry lacks it', () => {
    const { rig, lose } = touched();
    expect(read(rig, 'ghost.young', 0, 0)).toBe(1);
    lose();
    expect(brokenNow(rig)).toEqual(['no-lost-accessed']);
    poke(rig, 'ghost.young', 0, [0, 0]);
    expect(brokenNow(rig)).toEqual([]);
  });

  it('but not while a flush is due, nor where nothing is mapped any more', () => {
    const { rig, lose } = touched();
    lose();
    expect(brokenWith(rig, 'mm.need_flush', 1, [0])).toEqual([]);
    expect(brokenWith(rig, 'entries', 0, [0, tableOf(rig, 1)])).toEqual([]);
  });

  it('nor where the copy of another node has it', () => {
    const rig = rigOf(scenarioOn({}, [userOn(0, reads(0))]), designOf('repaired', { replicas: 'per-node' }));
    const tables = [0, 1].map((node) => tableOf(rig, 1, node));
    const young = tables.map((table) => read(rig, 'entries', 0, table));
    tables.forEach((table, i) => {
      poke(rig, 'entries', at(young, i) & ~ENTRY_A, [0, table]);
    });
    expect(brokenNow(rig)).toEqual(['no-lost-accessed']);
    for (const [i, table] of tables.entries())
      expect(brokenWith(rig, 'entries', at(young, i), [0, table])).toEqual([]);
  });
});
