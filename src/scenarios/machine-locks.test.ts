import { describe, expect, it } from 'vitest';
import { kindNumber } from '../machine/world.ts';
import { brokenBy, designOf, driveUntil, poke, read, rigOf, stepActor } from './testing/rig.ts';
import { scenarioOn, startTable, userOn } from './testing/worlds.ts';

/** Reclaim on CPU0, about to take or release the ptl of va0's PTE table, which is then freed behind its back. */
function freedBefore(step: RegExp) {
  const rig = rigOf(
    scenarioOn({ vas: [{}, {}] }, [userOn(0, { do: 'reclaim', mm: 0, va: 0 })]),
    designOf('repaired'),
  );
  driveUntil(rig, 'cpu0', step);
  const table = startTable(rig.scene.world, 0, 1);
  poke(rig, 'frame.kind', kindNumber('freed-table'), [table]);
  return { rig, table };
}

describe('a lock that lies in a page table', () => {
  it.each([
    ['taking', /^lock ptl/, 'taking a lock'],
    ['releasing', /^unlock ptl/, 'releasing a lock'],
  ])('%s it when the table is freed uses freed memory', (_, step, why) => {
    const { rig } = freedBefore(step);
    const { found } = stepActor(rig, 'cpu0');
    expect(brokenBy([{ actor: 'cpu0', tag: '', label: '', found }])).toEqual(['no-use-after-free']);
    expect(JSON.stringify(found)).toContain(why);
  });

  it('is released by who holds it only', () => {
    const { rig, table } = freedBefore(/^unlock ptl/);
    poke(rig, 'frame.kind', kindNumber('table'), [table]);
    poke(rig, 'frame.ptl', 2, [table]);
    const taken = stepActor(rig, 'cpu0');
    expect(brokenBy([taken])).toEqual(['lock-ownership']);
    expect(read(rig, 'frame.ptl', table)).toBe(2);
  });
});
