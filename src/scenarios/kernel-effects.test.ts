import { describe, expect, it } from 'vitest';
import { ENTRY_A, entryFrame } from '../machine/entry.ts';
import { kindNumber } from '../machine/world.ts';
import { scenarioOf } from './scenarios.ts';
import {
  brokenBy,
  designOf,
  driveAll,
  driveToStop,
  driveUntil,
  isOver,
  poke,
  read,
  type Rig,
  rigOf,
  stepActor,
} from './testing/rig.ts';
import { moverOn, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';

/** What a step leaves behind, where the next one would hide it. */
function rigFor(id: string, version: string): Rig {
  const scenario = scenarioOf(id);
  if (scenario === null) throw new Error(`no scenario ${id}`);
  return rigOf(scenario, designOf(version));
}

const momentsOf = (taken: ReturnType<typeof driveAll>): readonly string[] =>
  taken.flatMap(({ found }) => found.filter(({ kind }) => kind === 'moment').map(({ id }) => id));

describe('copy-on-write', () => {
  it('clears the entry before it flushes: nobody can reach the old page while the copy is not there yet', () => {
    const vas = [{ readOnly: true, privateMapping: true }, {}];
    const rig = rigOf(scenarioOn({ vas }, [userOn(0, writes(0)), userOn(1)]), designOf('2008-05-09'));
    const table = startTable(rig.scene.world, 0, 1);
    driveUntil(rig, 'cpu0', /^clear pte/);
    expect(read(rig, 'entries', 0, table)).not.toBe(0);
    stepActor(rig, 'cpu0');
    expect(read(rig, 'entries', 0, table)).toBe(0);
  });
});

describe('madvise', () => {
  it.each([true, false])('gives the page up, whether or not it finds it mapped: %s', (mapped) => {
    const vas = [{}, {}];
    const madvise = userOn(0, { do: 'madvise', mm: 0, va: 0 });
    const rig = rigOf(scenarioOn({ vas }, [madvise, userOn(1)]), designOf('2008-05-09'));
    const table = startTable(rig.scene.world, 0, 1);
    const page = entryFrame(read(rig, 'entries', 0, table));
    if (!mapped) poke(rig, 'entries', 0, [0, table]);
    driveAll(rig, 'cpu0');
    expect([read(rig, 'entries', 0, table), read(rig, 'frame.kind', page)]).toEqual([
      0,
      kindNumber('dropped'),
    ]);
  });
});

describe('a relocation that gets no frame', () => {
  it('reaches its moment, which the scenario promises', () => {
    const rig = rigOf(scenarioOn({ destination: 0 }, [userOn(0), moverOn(1, 1)]), designOf('2008-05-09'));
    expect(momentsOf(driveAll(rig, 'cpu1'))).toEqual(expect.arrayContaining(['out-of-memory', 'no-memory']));
  });
});

describe('sharedTables=all-parents, order=invalidate-first', () => {
  it('every parent’s entry is cleared, if it leads to the table that moves, and set again', () => {
    const rig = rigFor('shared-pmd', 'repaired');
    const parents = (): number[] => [0, 1].map((mm) => read(rig, 'entries', 0, read(rig, 'mm.pgd', mm)));
    const [before] = parents();
    driveUntil(rig, 'cpu1', /^(flush|reload)_tlb_mm|^read cpu_vm_mask/);
    expect(parents()).toEqual([0, 0]);
    const handlers = rig.built.actors.filter(({ kind }) => kind === 'ipi').map(({ id }) => id);
    while (!isOver(rig, 'cpu1')) for (const id of ['cpu1', ...handlers]) driveToStop(rig, id);
    const [first, second] = parents();
    expect(first).toBe(second);
    expect(first).not.toBe(before);
  });
});

describe('PAE: a CPU that loads CR3 reads the PGD’s entries', () => {
  it('from a PGD that was freed, that is a use after free', () => {
    const rig = rigOf(scenarioOn({ shape: 'pae' }, [userOn(0), moverOn(1, 1)]), designOf('2008-05-09'));
    driveUntil(rig, 'cpu1', /^all acknowledged/);
    poke(rig, 'frame.kind', kindNumber('freed-table'), [read(rig, 'cpu.cr3', 0)]);
    expect(brokenBy([stepActor(rig, 'ipi0')])).toEqual(['no-use-after-free']);
  });

  it('and one whose register is empty faults without reading memory', () => {
    const rig = rigOf(scenarioOn({ shape: 'pae' }, [userOn(0, writes(0))]), designOf('2008-05-09'));
    poke(rig, 'cpu.pdpte', 0, [0, 0]);
    const taken = driveUntil(rig, 'cpu0', /^(down_read|read pgd)/);
    expect(taken.map(({ tag }) => tag)).toEqual(['tlb', 'lock']);
  });
});

describe('what a CPU touches', () => {
  it('is young in the process that it runs', () => {
    const second = { names: ['first', 'second'], running: [1], maps: 'pages' } as const;
    const threads = [userOn(0), { ...userOn(1, writes(0)), mm: 1 }];
    const rig = rigOf(scenarioOn({ vas: [{ old: true }], second }, threads), designOf('2008-05-09'));
    const young = (): number[] => [0, 1].map((mm) => read(rig, 'ghost.young', 0, mm));
    expect(young()).toEqual([0, 0]);
    driveAll(rig, 'cpu1');
    expect(young()).toEqual([0, 1]);
  });
});

describe('reclaim', () => {
  it('clears A where it was set, and leaves the rest of the entry', () => {
    const reclaim = userOn(0, { do: 'reclaim', mm: 0, va: 0 });
    const rig = rigOf(scenarioOn({}, [reclaim, userOn(1)]), designOf('2008-05-09'));
    const table = startTable(rig.scene.world, 0, 1);
    const before = read(rig, 'entries', 0, table);
    driveUntil(rig, 'cpu0', /^test and clear young/);
    stepActor(rig, 'cpu0');
    expect(read(rig, 'entries', 0, table)).toBe(before & ~ENTRY_A);
    expect(before & ENTRY_A).toBe(ENTRY_A);
  });
});

describe('while relocations run', () => {
  it('each says so by its CPU’s bit, from enter to leave: dirty bits are not judged meanwhile', () => {
    const threads = [userOn(0), moverOn(1, 1), moverOn(2, 1)];
    const rig = rigOf(scenarioOn({}, threads), designOf('2008-05-09', { serialise: 'none' }));
    for (const [id, bits] of [
      ['cpu1', 2],
      ['cpu2', 6],
    ] as const) {
      driveUntil(rig, id, /^lock page_table_lock/);
      expect(read(rig, 'ghost.relocating')).toBe(bits);
    }
    driveAll(rig, 'cpu1');
    expect(read(rig, 'ghost.relocating')).toBe(0);
  });
});
