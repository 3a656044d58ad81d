import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { kindNumber } from '../machine/world.ts';
import { scenarioOf } from './scenarios.ts';
import { brokenBy, brokenNow, designOf, driveAll, poke, read, type Rig, rigOf } from './testing/rig.ts';

function rigFor(id: string): Rig {
  const scenario = scenarioOf(id);
  if (scenario === null) throw new Error(`no scenario ${id}`);
  return rigOf(scenario, designOf('repaired'));
}

/** A page that has been written to, and nothing says so. */
function forgotten(): { readonly rig: Rig; readonly page: number } {
  const rig = rigFor('two-dirty');
  const { world, words } = rig.scene;
  const page = Array.from({ length: world.frames }, (_, i) => i + 1).find(
    (frame) => read(rig, 'frame.kind', frame) === kindNumber('data'),
  );
  if (page === undefined || words.length === 0) throw new Error('no page of data');
  poke(rig, 'ghost.newer', 1, [page]);
  return { rig, page };
}

describe('a dirty bit is lost', () => {
  it('where a page is newer and nobody knows, for the first page of data as for the last', () => {
    const { rig, page } = forgotten();
    expect(brokenNow(rig)).toEqual(['no-lost-dirty']);
    poke(rig, 'ghost.newer', 0, [page]);
    expect(brokenNow(rig)).toEqual([]);
    poke(rig, 'ghost.newer', 1, [at([page + 1], 0)]);
    expect(brokenNow(rig)).toEqual(['no-lost-dirty']);
  });

  it.each(['mm.need_flush', 'mm.need_reload', 'ghost.relocating', 'ghost.locks_held', 'ipi.kind'])(
    'but not while something is under way that could still carry it: %s',
    (field) => {
      const { rig } = forgotten();
      poke(rig, field, 1, [0]);
      expect(brokenNow(rig)).toEqual([]);
      poke(rig, field, 0, [0]);
      expect(brokenNow(rig)).toEqual(['no-lost-dirty']);
    },
  );

  it('nor while another CPU has an IPI under way', () => {
    const { rig } = forgotten();
    poke(rig, 'ipi.kind', 1, [1]);
    expect(brokenNow(rig)).toEqual([]);
  });
});

describe('a way that is cut', () => {
  it('translates to nothing: after munmap freed the table, nothing is broken at the end', () => {
    const rig = rigFor('munmap');
    expect(brokenBy(driveAll(rig, 'cpu0'))).toEqual([]);
    expect(read(rig, 'ghost.translation', 0, 0)).toBe(0);
    expect(brokenNow(rig)).toEqual([]);
  });
});
