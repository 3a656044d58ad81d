import { describe, expect, it } from 'vitest';
import type { Design } from '../kernel/design.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, ENTRY_W, entryFrame } from '../machine/entry.ts';
import { kindNumber } from '../machine/world.ts';
import { scenarioOf } from './scenarios.ts';
import {
  brokenBy,
  canMove,
  designOf,
  driveAll,
  driveToStop,
  driveUntil,
  poke,
  read,
  rigOf,
  type Rig,
  stepActor,
  type Taken,
  waitText,
} from './testing/rig.ts';
import { same, shorts, when } from './testing/steps.ts';
import { moverOn, reads, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';

/** designs.md section 2: what each choice changes in the steps, and in the state. */
const may = designOf('2008-05-09');
const flush = (kind: 'flush' | 'reload'): string[] => [
  ...['read cpu_vm_mask', `send IPI ${kind}_tlb_mm`, `ipi0 take IPI ${kind}`],
  ...['ipi0 acknowledge the IPI', `all acknowledged ${kind}_tlb_mm`],
];

describe('maybe_reload and maybe_flush: flagClear', () => {
  const rigFor = (flagClear: Design['flagClear'], what: 'top' | 1): Rig => {
    const rig = rigOf(scenarioOn({}, [userOn(0), moverOn(1, what)]), { ...may, flagClear });
    driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
    return rig;
  };
  const flags = (rig: Rig): number[] => ['mm.need_reload', 'mm.need_flush'].map((field) => read(rig, field));
  const untilRcu = (rig: Rig): Taken[] => {
    const taken = driveUntil(rig, 'cpu1', /^(all acknowledged)/);
    taken.push(...driveToStop(rig, 'ipi0'));
    return [...taken, ...driveUntil(rig, 'cpu1', /^synchronize_rcu: /)];
  };

  it.each([
    ['before', 'top', ['test and clear NEED_RELOAD', 'clear NEED_FLUSH', ...flush('reload')]],
    ['before', 1, ['test and clear NEED_RELOAD', 'test and clear NEED_FLUSH', ...flush('flush')]],
    ['after', 'top', ['test NEED_RELOAD', ...flush('reload'), 'clear NEED_RELOAD', 'clear NEED_FLUSH']],
    ['after', 1, ['test NEED_RELOAD', 'test NEED_FLUSH', ...flush('flush'), 'clear NEED_FLUSH']],
    [
      'before-and-wait',
      'top',
      ['test and clear NEED_RELOAD', 'clear NEED_FLUSH', ...flush('reload'), 'the flush is complete'],
    ],
    [
      'before-and-wait',
      1,
      ['test and clear NEED_RELOAD', 'test and clear NEED_FLUSH', ...flush('flush'), 'the flush is complete'],
    ],
  ] as const)('%s, after the move of %s', (flagClear, what, steps) => {
    const rig = rigFor(flagClear, what);
    expect(flags(rig)).toEqual(what === 'top' ? [1, 0] : [0, 1]);
    if (what === 'top') poke(rig, 'mm.need_flush', 1);
    const taken = driveUntil(rig, 'cpu1', /^send IPI/);
    expect(flags(rig).includes(1)).toBe(flagClear === 'after');
    same([...taken, ...untilRcu(rig)], steps);
    expect([...flags(rig), read(rig, 'mm.flushing')]).toEqual([0, 0, 0]);
  });

  it('before-and-wait: whoever finds no flag waits for the flush under way, and its owner does not wait for itself', () => {
    const rig = rigFor('before-and-wait', 1);
    poke(rig, 'mm.need_flush', 0);
    poke(rig, 'mm.flushing', 1);
    driveUntil(rig, 'cpu1', /^no flush is under way/);
    expect(canMove(rig, 'cpu1')).toBe(false);
    expect(waitText(rig, 'cpu1')).toBe('waits for the flush under way on CPU0');
    poke(rig, 'mm.flushing', 2);
    expect(canMove(rig, 'cpu1')).toBe(true);
  });
});

describe('onNoMemory: the second allocation fails', () => {
  const rigFor = (onNoMemory: Design['onNoMemory']): Taken[] => {
    const rig = rigOf(scenarioOn({ shape: 'three', destination: 1 }, [userOn(0), moverOn(1, 1, 2)]), {
      ...may,
      onNoMemory,
    });
    driveUntil(rig, 'cpu1', /^set NEED_FLUSH/);
    return driveAll(rig, 'cpu1');
  };
  const failed = ['set NEED_FLUSH', 'unlock page_table_lock', 'may sleep', 'wakes up', 'allocate'];
  const undo = [
    'lock page_table_lock',
    'nesting count -= 1',
    'unlock page_table_lock',
    'unlock relocation mutex',
  ];

  it('leave: at once; nothing is flushed and the replaced table is never freed', () => {
    const taken = rigFor('leave');
    same(taken, [...failed, ...undo]);
    expect(brokenBy(taken)).toContain('no-leak');
  });

  it('finish: flushed, waited for, freed', () => {
    const taken = rigFor('finish');
    const reload = ['test and clear NEED_RELOAD', 'test and clear NEED_FLUSH', ...flush('flush')];
    same(taken, [
      ...failed,
      ...reload,
      'synchronize_rcu',
      'synchronize_rcu is over',
      'read the link',
      'free frame',
      ...undo,
    ]);
    expect(brokenBy(taken)).toEqual([]);
  });
});

describe('sharedTables: a PMD table of two processes, moved for the first', () => {
  function moved(sharedTables: Design['sharedTables']): { rig: Rig; taken: Taken[]; old: number } {
    const scenario = scenarioOf('shared-pmd');
    if (scenario === null) throw new Error('no scenario shared-pmd');
    const threads = scenario.threads.map((t) => (t.cpu === 0 ? { ...t, actions: [] } : t));
    const rig = rigOf({ ...scenario, threads }, { ...may, sharedTables });
    const old = entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd', 0)));
    return { rig, taken: driveAll(rig, 'cpu1'), old };
  }
  const leadsTo = (rig: Rig, mm: number): number =>
    entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd', mm)));

  it('ignored: the second process goes on with the table that was freed', () => {
    const { rig, old } = moved('ignored');
    expect([leadsTo(rig, 0) === old, leadsTo(rig, 1)]).toEqual([false, old]);
    expect(read(rig, 'frame.kind', old)).toBe(kindNumber('freed-table'));
  });

  it('skipped: nothing is allocated, locked or moved', () => {
    const { rig, taken, old } = moved('skipped');
    expect([leadsTo(rig, 0), leadsTo(rig, 1)]).toEqual([old, old]);
    expect(shorts(taken).filter((label) => /allocate|copy|swing|free/.test(label))).toEqual([]);
  });

  it('all-parents: both page_table_locks in address order, both parents swung, a flush for each mm', () => {
    const { rig, taken, old } = moved('all-parents');
    const from = shorts(taken).indexOf('allocate') + 1;
    same(taken.slice(from, from + 15), [
      ...['lock page_table_lock of first', 'lock page_table_lock of second', 'read the relocation mark'],
      ...[
        'read pgd of first',
        'read pgd',
        'read pgd of second',
        'copy pmd',
        'copy pmd',
        'swing pgd',
        'swing pgd',
      ],
      ...['read cpu_vm_mask of first', 'read cpu_vm_mask of second', 'set NEED_FLUSH'],
      ...['unlock page_table_lock of second', 'unlock page_table_lock of first'],
    ]);
    expect(leadsTo(rig, 0)).toBe(leadsTo(rig, 1));
    expect(leadsTo(rig, 0)).not.toBe(old);
    expect(shorts(taken)).toContain('ipi0 take IPI flush');
    expect(brokenBy(taken)).toEqual([]);
  });

  it('all-parents with invalidate-first: both entries are cleared and flushed before the copy', () => {
    const scenario = scenarioOf('shared-pmd');
    if (scenario === null) throw new Error('no scenario shared-pmd');
    const threads = scenario.threads.map((t) => (t.cpu === 0 ? { ...t, actions: [] } : t));
    const rig = rigOf(
      { ...scenario, threads },
      { ...may, sharedTables: 'all-parents', order: 'invalidate-first' },
    );
    const steps = shorts(driveAll(rig, 'cpu1'));
    const place = (label: string): number => steps.findIndex((step) => step.startsWith(label));
    expect(steps.filter((step) => step.startsWith('clear pgd'))).toHaveLength(2);
    expect(
      steps.slice(place('clear pgd'), place('copy pmd')).filter((s) => s.startsWith('ipi0')),
    ).toHaveLength(2);
    expect([leadsTo(rig, 0) === leadsTo(rig, 1), read(rig, 'mm.need_flush', 0)]).toEqual([true, 0]);
  });
});

describe('delimbo_pte 4: A and D of the old table', () => {
  /** CPU1 has moved the PTE table and not flushed; CPU0 has locked the new table’s ptl for a write fault on va0. */
  function limboed(overrides: Partial<Design>, flags = ENTRY_A): { rig: Rig; old: number; fresh: number } {
    const rig = rigOf(scenarioOn({ vas: [{ readOnly: true }, {}] }, [userOn(0, writes(0)), moverOn(1, 1)]), {
      ...may,
      ...overrides,
    });
    const old = startTable(rig.scene.world, 0, 1);
    driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
    driveUntil(rig, 'cpu0', /^lock ptl/);
    stepActor(rig, 'cpu0');
    const fresh = entryFrame(read(rig, 'entries', 0, startTable(rig.scene.world, 0, 0)));
    poke(rig, 'entries', (read(rig, 'entries', 0, old) & ~(ENTRY_A | ENTRY_D)) | flags, [0, old]);
    poke(rig, 'entries', read(rig, 'entries', 0, fresh) & ~(ENTRY_A | ENTRY_D), [0, fresh]);
    return { rig, old, fresh };
  }
  const bits = (rig: Rig, frame: number): number => read(rig, 'entries', 0, frame) & (ENTRY_A | ENTRY_D);
  const merge = ['read and clear A and D', 'or A and D into pte'];
  const delimbo = (d: Partial<Design>): string[] => [
    ...when(d.marking !== 'none', 'read the relocation mark'),
    'unlock ptl',
    ...when(d.rewalkLock !== 'none', 'lock page_table_lock'),
    ...['read pgd', 'read pgd', 'read the link', 'test and clear NEED_RELOAD', 'test and clear NEED_FLUSH'],
    ...['flush_tlb_mm', 'read cpu_vm_mask'],
    ...(d.mergeLock === 'ptl' ? ['lock ptl', ...merge, 'unlock ptl'] : merge),
    ...['read pgd', 'lock ptl'],
    ...when(d.rewalkLock !== 'none', 'unlock page_table_lock'),
  ];

  it.each([
    [{}],
    [{ adSource: 'old' }],
    [{ mergeLock: 'ptl' }],
    [{ marking: 'none' }],
    [{ rewalkLock: 'none' }],
    [{ adMergeCheck: 'same-pfn' }],
  ] as const)('its steps with %o', (overrides) => {
    const { rig, fresh } = limboed(overrides);
    same(driveUntil(rig, 'cpu0', /^compare/), delimbo(overrides));
    expect([read(rig, 'mm.need_flush'), read(rig, 'frame.ptl', fresh)]).toEqual([0, 1]);
  });

  it('adSource=old: the bits leave the old entry and arrive in the current one', () => {
    const { rig, old, fresh } = limboed({ adSource: 'old' }, ENTRY_A | ENTRY_D);
    driveUntil(rig, 'cpu0', /^compare/);
    expect([bits(rig, old), bits(rig, fresh)]).toEqual([0, ENTRY_A | ENTRY_D]);
  });

  it('adSource=current: takes the current entry’s own bits and puts them back; the old ones stay where they are', () => {
    const { rig, old, fresh } = limboed({}, ENTRY_A | ENTRY_D);
    poke(rig, 'entries', read(rig, 'entries', 0, fresh) | ENTRY_A, [0, fresh]);
    driveUntil(rig, 'cpu0', /^or A and D/);
    expect(bits(rig, fresh)).toBe(0);
    driveUntil(rig, 'cpu0', /^compare/);
    expect([bits(rig, old), bits(rig, fresh)]).toEqual([ENTRY_A | ENTRY_D, ENTRY_A]);
  });

  it.each([
    ['blind', ENTRY_D],
    ['same-pfn', 0],
  ] as const)(
    'adMergeCheck=%s: where the current entry maps another page, D becomes %i',
    (adMergeCheck, d) => {
      const { rig, fresh } = limboed({ adSource: 'old', adMergeCheck }, ENTRY_D);
      poke(rig, 'entries', read(rig, 'entries', 0, fresh) + 64, [0, fresh]);
      driveUntil(rig, 'cpu0', /^compare/);
      expect(bits(rig, fresh)).toBe(d);
    },
  );

  it('adMergeCheck=same-pfn: an entry that is not present gets no bits', () => {
    const { rig, fresh } = limboed({ adSource: 'old', adMergeCheck: 'same-pfn' }, ENTRY_D);
    poke(rig, 'entries', read(rig, 'entries', 0, fresh) & ~ENTRY_P, [0, fresh]);
    driveUntil(rig, 'cpu0', /^compare/);
    expect(bits(rig, fresh)).toBe(0);
  });
});

describe('freeing: A and D of every old table', () => {
  it.each([
    ['first-entry', 'blind', [ENTRY_D, 0]],
    ['every-entry', 'blind', [ENTRY_D, ENTRY_D]],
    ['every-entry', 'same-pfn', [ENTRY_D, 0]],
  ] as const)(
    'adFreeMerge=%s, adMergeCheck=%s: D of the entries of va0 and va1 becomes %o',
    (adFreeMerge, adMergeCheck, expected) => {
      const rig = rigOf(scenarioOn({}, [userOn(0), moverOn(1, 1)]), { ...may, adFreeMerge, adMergeCheck });
      const old = startTable(rig.scene.world, 0, 1);
      driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
      const fresh = entryFrame(read(rig, 'entries', 0, startTable(rig.scene.world, 0, 0)));
      for (const i of [0, 1]) poke(rig, 'entries', read(rig, 'entries', i, old) | ENTRY_D, [i, old]);
      poke(rig, 'entries', (read(rig, 'entries', 0, old) & ~ENTRY_D) | ENTRY_W, [1, fresh]);
      driveAll(rig, 'cpu1');
      expect([0, 1].map((i) => read(rig, 'entries', i, fresh) & ENTRY_D)).toEqual(expected);
      expect(read(rig, 'entries', 0, old) & ENTRY_D).toBe(ENTRY_D);
      expect([read(rig, 'frame.link', old), read(rig, 'frame.link', fresh)]).toEqual([0, 0]);
    },
  );

  it('a link that a second relocation has overwritten is left as it is', () => {
    const rig = rigOf(scenarioOn({}, [userOn(0), moverOn(1, 1, 1)]), may);
    const first = startTable(rig.scene.world, 0, 1);
    driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
    const [second, third] = [
      read(rig, 'frame.link', first),
      entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd'))),
    ];
    expect([read(rig, 'frame.link', second), read(rig, 'frame.link', third)]).toEqual([third, second]);
    driveUntil(rig, 'cpu1', /all acknowledged/);
    driveToStop(rig, 'ipi0');
    driveUntil(rig, 'cpu1', /^free frame/);
    expect([read(rig, 'frame.link', first), read(rig, 'frame.link', second)]).toEqual([0, third]);
  });
});

describe('delimbo_pte_nested: nestedLock, while the outer ptl is held', () => {
  const taken = (overrides: Partial<Design>): Taken[] => {
    const vas = [{}, {}, { empty: true }, {}];
    const mremap = userOn(0, { do: 'mremap', mm: 0, from: 0, to: 2 });
    const rig = rigOf(scenarioOn({ shape: 'three', vas }, [mremap, moverOn(1, 1)]), {
      ...may,
      adBits: 'none',
      ...overrides,
    });
    driveUntil(rig, 'cpu1', /may sleep/);
    driveUntil(rig, 'cpu0', /^lock ptl/);
    stepActor(rig, 'cpu0');
    const outer = driveUntil(rig, 'cpu0', /^lock ptl/);
    outer.push(stepActor(rig, 'cpu0'), ...driveUntil(rig, 'cpu0', /^lock ptl/));
    return [stepActor(rig, 'cpu0'), ...driveUntil(rig, 'cpu0', /^read and clear/)];
  };
  const down = ['read pgd', 'read pgd', 'read pmd'];

  it('outer-held: only the inner ptl is given up; page_table_lock is asked for under the outer one', () => {
    const steps = taken({});
    const walk = ['lock page_table_lock', ...down, 'read pmd', 'lock ptl', 'unlock page_table_lock'];
    same(steps, ['lock ptl', 'read the relocation mark', 'unlock ptl', ...walk]);
    expect(brokenBy(steps)).toEqual(['lock-order']);
  });

  it('rewalkLock=none: no page_table_lock, so no order to break', () => {
    const steps = taken({ rewalkLock: 'none' });
    same(steps, ['lock ptl', 'read the relocation mark', 'unlock ptl', ...down, 'read pmd', 'lock ptl']);
    expect(brokenBy(steps)).toEqual([]);
  });

  it('drop-both: both are given up, page_table_lock first, both walked again, outer before inner', () => {
    const steps = taken({ nestedLock: 'drop-both' });
    const again = ['lock page_table_lock', ...down, ...down, 'read pmd', 'lock ptl', 'read pmd', 'lock ptl'];
    same(steps, [
      'lock ptl',
      'read the relocation mark',
      'unlock ptl',
      'unlock ptl',
      ...again,
      'unlock page_table_lock',
    ]);
    expect(brokenBy(steps)).toEqual([]);
  });
});

describe('reload and switchMm', () => {
  it('reload=no: the PGD is not touched, nothing is allocated', () => {
    const rig = rigOf(scenarioOn({}, [userOn(0, reads(0)), moverOn(1, 'top')]), { ...may, reload: 'no' });
    const steps = shorts(driveToStop(rig, 'cpu1'));
    expect(steps.filter((step) => /allocate|copy|set pgd|free/.test(step))).toEqual([]);
    expect(read(rig, 'mm.pgd')).toBe(startTable(rig.scene.world, 0, 0));
  });

  it.each([
    ['clear-first', ['clear CPU0 in cpu_vm_mask', 'load init_mm']],
    ['clear-last', ['load init_mm', 'clear CPU0 in cpu_vm_mask']],
  ] as const)(
    'switchOrder=%s: leaving, then coming back sets the bit before it loads CR3',
    (switchOrder, leaving) => {
      const rig = rigOf(scenarioOn({}, [moverOn(0, 1)]), { ...may, switchOrder });
      const steps = driveAll(rig, 'cpu0').filter(({ tag }) => tag === 'mask' || tag === 'cr3');
      same(steps, [...leaving, 'set CPU0 in cpu_vm_mask', 'load CR3']);
      expect([read(rig, 'cpu.mm'), read(rig, 'cpu.cr3'), read(rig, 'mm.cpu_vm_mask')]).toEqual([
        1,
        read(rig, 'mm.pgd'),
        1,
      ]);
    },
  );
});
