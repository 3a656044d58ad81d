import { describe, expect, it } from 'vitest';
import type { Design } from '../kernel/design.ts';
import { ENTRY_A, ENTRY_D } from '../machine/entry.ts';
import { fieldOf } from '../program/layout.ts';
import { brokenBy, designOf, driveAll, driveUntil, poke, read, type Rig, rigOf } from './testing/rig.ts';
import { scenarioOn, startTable, userOn, wholeMoverOn } from './testing/worlds.ts';

/** Worlds of real processes copy a table in one step (decision of 2026-11-23): what becomes of the process must be the same. */
function movedWhole(wholeTableSteps: boolean, design: Design): { rig: Rig; steps: number } {
  const scenario = scenarioOn({ shape: 'three', vas: [{}, {}, { empty: true }, {}] }, [
    userOn(0),
    wholeMoverOn(1),
  ]);
  const rig = rigOf({ ...scenario, world: { ...scenario.world, wholeTableSteps } }, design);
  const old = startTable(rig.scene.world, 3, 2);
  const taken = design.order === 'limbo' ? driveUntil(rig, 'cpu1', /NEED_RELOAD: /) : [];
  poke(rig, 'entries', read(rig, 'entries', 1, old) | ENTRY_D | ENTRY_A, [1, old]);
  taken.push(...driveAll(rig, 'cpu1'));
  expect(brokenBy(taken)).toEqual([]);
  return { rig, steps: taken.length };
}

function wordsOf({ scene }: Rig, field: string): readonly number[] {
  const { offset, rows, cols } = fieldOf(scene.layout, field);
  return [...scene.words.subarray(offset, offset + rows * cols)];
}

const FIELDS = ['entries', 'mm.pgd', 'frame.kind', 'frame.link', 'frame.behind', 'cpu.cr3', 'ghost.entered'];

/** To node 1, where copies are, and from there on: whatever is left on node 1 gets a new frame there. */
const twice = [0, 1].map(
  (source) => ({ do: 'relocate-mm', mm: 0, source, pool: 'free table frames of node 1' }) as const,
);

describe('a step that does a whole table', () => {
  it.each([
    ['2008-05-09', {}],
    ['2008-05-09', { adFreeMerge: 'every-entry', adMergeCheck: 'same-pfn', nodeTest: 'pointee' }],
    ['repaired', {}],
    ['limbo-repaired', {}],
    ['repaired', { replicas: 'per-node' }],
    ['limbo-repaired', { replicas: 'per-node' }],
  ] satisfies readonly [string, Partial<Design>][])(
    'leaves what its single steps leave: %s with %o',
    (version, overrides) => {
      const design = designOf(version, { nodeTest: 'pointee', ...overrides });
      const [each, whole] = [movedWhole(false, design), movedWhole(true, design)];
      for (const field of FIELDS) expect(wordsOf(whole.rig, field), field).toEqual(wordsOf(each.rig, field));
      expect(whole.steps).toBeLessThan(each.steps);
    },
  );

  it('into a new copy on the destination node, too: entries lead to the tables of that node', () => {
    const design = designOf('repaired', { replicas: 'per-node', nodeTest: 'pointee' });
    const ends = [false, true].map((wholeTableSteps) => {
      const threads = [userOn(0), { ...wholeMoverOn(1), actions: twice }];
      const scenario = scenarioOn({ shape: 'three', furtherNodes: [4], destination: 4 }, threads);
      const rig = rigOf({ ...scenario, world: { ...scenario.world, wholeTableSteps } }, design);
      expect(brokenBy(driveAll(rig, 'cpu1'))).toEqual([]);
      return FIELDS.map((field) => wordsOf(rig, field));
    });
    expect(ends[1]).toEqual(ends[0]);
  });
});
