import { describe, expect, it } from 'vitest';
import { ENTRY_A, ENTRY_SHIFT, ENTRY_W, entryFrame } from '../machine/entry.ts';
import { kindNumber } from '../machine/world.ts';
import { scenarioOf } from './scenarios.ts';
import {
  brokenBy,
  designOf,
  driveAll,
  driveOver,
  driveUntil,
  nextLabel,
  poke,
  read,
  type Rig,
  rigOf,
  stepActor,
} from './testing/rig.ts';
import { shorts } from './testing/steps.ts';
import { moverOn, NODE1, reads, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';

/** What a step leaves behind, where the next one would hide it. */
function rigFor(id: string, version: string): Rig {
  const scenario = scenarioOf(id);
  if (scenario === null) throw new Error(`no scenario ${id}`);
  return rigOf(scenario, designOf(version));
}

/** The number of the table of `level` on the way to va0, as it is now. */
function currentTable(rig: Rig, level: number): string {
  let frame = read(rig, 'mm.pgd');
  for (let upper = 0; upper < level; upper++) frame = entryFrame(read(rig, 'entries', 0, frame));
  return String(rig.scene.world.pfn[frame]);
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
    driveOver(rig, 'cpu1');
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

describe('a walk that finds the entry changed when it would set A', () => {
  it('sets nothing, and nothing is young for it', () => {
    const rig = rigOf(scenarioOn({ vas: [{ old: true }] }, [userOn(0, writes(0))]), designOf('2008-05-09'));
    driveUntil(rig, 'cpu0', /^set A and D/);
    poke(rig, 'entries', 0, [0, startTable(rig.scene.world, 0, 1)]);
    stepActor(rig, 'cpu0');
    expect(read(rig, 'entries', 0, startTable(rig.scene.world, 0, 1))).toBe(0);
    expect(read(rig, 'ghost.young')).toBe(0);
  });
});

describe('a fault of anonymous memory', () => {
  it.each([true, false])(
    'the reference model gets its page, and W only where it is writable: %s',
    (writable) => {
      const scenario = scenarioOn({ vas: [{}, { empty: true }] }, [userOn(0, reads(1))]);
      const vas = scenario.world.vas.map((va) => ({ ...va, writable }));
      const rig = rigOf({ ...scenario, world: { ...scenario.world, vas } }, designOf('2008-05-09'));
      driveAll(rig, 'cpu0');
      const entry = read(rig, 'entries', 1, startTable(rig.scene.world, 0, 1));
      expect(entryFrame(entry)).not.toBe(0);
      expect(entry & ENTRY_W).toBe(writable ? ENTRY_W : 0);
      expect(read(rig, 'ghost.translation', 1)).toBe(
        (entryFrame(entry) << ENTRY_SHIFT) | (writable ? ENTRY_W : 0),
      );
    },
  );

  it('whose way is cut while it sleeps gives its page back and walks from mm.pgd: nothing is written where nothing is', () => {
    const world = { shape: 'three', vas: [{}, { empty: true }] } as const;
    const scenario = scenarioOn(world, [userOn(0, reads(1))], { allocationSleeps: true });
    const rig = rigOf(scenario, designOf('2008-05-09', { faultSleep: 'rewalk', emptyUpper: 'look-again' }));
    driveUntil(rig, 'cpu0', /^wakes up/);
    const pgd = read(rig, 'mm.pgd');
    const entry = read(rig, 'entries', 0, pgd);
    const taken = driveUntil(rig, 'cpu0', /^read pgd\[0\]/);
    poke(rig, 'entries', 0, [0, pgd]);
    taken.push(stepActor(rig, 'cpu0'));
    expect(nextLabel(rig, 'cpu0')).toMatch(/^read pgd of mm/);
    poke(rig, 'entries', entry, [0, pgd]);
    const page = entryFrame(read(rig, 'entries', 1, startTable(rig.scene.world, 0, 2)));
    expect(page).toBe(0);
    taken.push(...driveUntil(rig, 'cpu0', /^may sleep/), ...driveAll(rig, 'cpu0'));
    expect(brokenBy(taken)).toEqual([]);
    expect(shorts(taken).filter((label) => label.startsWith('may sleep'))).toHaveLength(1);
    expect(read(rig, 'entries', 1, startTable(rig.scene.world, 0, 2))).not.toBe(0);
  });
});

describe('the list of old tables', () => {
  it('is empty again when they are freed: none is freed twice by the next relocation', () => {
    const rig = rigOf(scenarioOn({}, [userOn(0), moverOn(1, 1, 1)]), designOf('2008-05-09'));
    const taken = driveAll(rig, 'cpu1');
    const freed = taken.filter(({ tag }) => tag === 'free').map(({ label }) => label);
    expect(new Set(freed).size).toBe(2);
    expect(freed).toHaveLength(2);
    expect(read(rig, 'old.count')).toBe(0);
  });
});

describe('relocate_mm, marking=flag, serialise=none', () => {
  it('where the mark is gone, relocate_table reads its parent entry in the table that it was handed', () => {
    const whole = { cpu: 1, name: 'relocate', mm: 0 };
    const action = { do: 'relocate-mm', mm: 0, source: 0, pool: NODE1 } as const;
    const shape = { shape: 'four', vas: [{}], destination: 4 } as const;
    const rig = rigOf(
      scenarioOn(shape, [userOn(0), { ...whole, actions: [action] }]),
      designOf('2008-05-09', { marking: 'flag', serialise: 'none', nodeTest: 'pointee' }),
    );
    for (const [level, name] of ['pgd', 'pud', 'pmd'].entries()) {
      driveUntil(rig, 'cpu1', /^allocate/);
      driveUntil(rig, 'cpu1', /^lock page_table_lock/);
      const marked = read(rig, 'mm.rewalk');
      const holder = currentTable(rig, level);
      poke(rig, 'mm.rewalk', 0);
      const taken = driveUntil(rig, 'cpu1', new RegExp(`^swing ${name}`));
      expect(taken.some(({ label }) => label.startsWith(`read ${name}[0] in frame ${holder}`))).toBe(true);
      poke(rig, 'mm.rewalk', marked);
      stepActor(rig, 'cpu1');
    }
    expect(brokenBy(driveAll(rig, 'cpu1'))).toEqual([]);
  });
});
