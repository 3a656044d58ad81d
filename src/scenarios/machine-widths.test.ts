import { describe, expect, it } from 'vitest';
import { designOf } from './testing/rig.ts';
import { buildModel } from './build.ts';
import { scenarioOf } from './scenarios.ts';

/** Bits that the state of machine and memory takes in the search, fields of threads (`name.pc` and the like) left out. */
function bitsOf(id: string): number {
  const scenario = scenarioOf(id);
  if (scenario === null) throw new Error(`no scenario ${id}`);
  const { layout } = buildModel(scenario, designOf('limbo-repaired')).model;
  return [...layout.fields.values()]
    .filter(({ name }) => /^(mm|cpu|ipi|rcu|old|ghost|frame)\.|^entries$/.test(name))
    .reduce((sum, { rows, cols, max }) => sum + rows * cols * (32 - Math.clz32(max)), 0);
}

describe('the width of a state', () => {
  it('is what its fields need, and no bit more: memory of a search is in proportion', () => {
    const widths = Object.fromEntries(
      ['tree', 'tree3', 'two-dirty', 'lazy', 'pae', 'shared-pmd', 'huge', 'two-nodes'].map((id) => [
        id,
        bitsOf(id),
      ]),
    );
    expect(widths).toMatchInlineSnapshot(`
      {
        "huge": 463,
        "lazy": 322,
        "pae": 515,
        "shared-pmd": 405,
        "tree": 790,
        "tree3": 427,
        "two-dirty": 293,
        "two-nodes": 255,
      }
    `);
  });
});
