import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, ENTRY_W, entryFrame } from '../machine/entry.ts';
import { kindNumber } from '../machine/world.ts';
import { scenarioOf } from './scenarios.ts';
import type { Scenario } from './scenario.ts';
import type { Action } from './script.ts';
import {
  brokenBy,
  designOf,
  driveAll,
  driveToStop,
  driveUntil,
  poke,
  read,
  rigOf,
  type Rig,
  type Taken,
} from './testing/rig.ts';
import { same, when } from './testing/steps.ts';
import { reads, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';

/** designs.md section 1, the programs of threads that meet a relocation: each runs alone here, CPU0 in the mask. */
const may = designOf('2008-05-09');
const walk2 = ['read pgd', 'read pgd'];
const walk3 = [...walk2, 'read pmd'];
const flushOne = ['flush_tlb_page', 'read cpu_vm_mask'];
const flushAll = ['flush_tlb_mm', 'read cpu_vm_mask'];
const downWrite = 'enter the kernel, down_write';

const pteOf = (rig: Rig, va = 0): number => startTable(rig.scene.world, va, at(rig.scene.world.vas, va).leaf);
const leaf = (rig: Rig, va = 0): number => read(rig, 'entries', va % 2, pteOf(rig, va));
const alone = (action: Action, world: Parameters<typeof scenarioOn>[0] = {}): Rig =>
  rigOf(scenarioOn(world, [userOn(0, action)]), may);

function ran(rig: Rig, id = 'cpu0'): Taken[] {
  const taken = driveAll(rig, id);
  expect(brokenBy(taken)).toEqual([]);
  expect(read(rig, 'ghost.locks_held')).toBe(0);
  return taken;
}

describe('reclaim', () => {
  const start = [
    'reclaim wants the page',
    ...walk2,
    'read pte',
    'read pgd',
    'lock ptl',
    'read the relocation mark',
    'read pte',
  ];
  const end = ['unlock ptl', 'look whether'];
  const reclaim: Action = { do: 'reclaim', mm: 0, va: 0 };
  const withBits = (bits: number): Rig => {
    const rig = alone(reclaim);
    poke(rig, 'entries', (leaf(rig) & ~(ENTRY_A | ENTRY_D)) | bits, [0, pteOf(rig)]);
    if (bits !== ENTRY_A) poke(rig, 'ghost.young', 0);
    poke(rig, 'ghost.newer', bits === ENTRY_D ? 1 : 0, [entryFrame(leaf(rig))]);
    return rig;
  };

  it.each([
    ['4: young: test and clear, flush_tlb_page; 5: clear, flush_tlb_page; 8: clean, dropped', ENTRY_A],
    ['4: not young: no flush; 6, 8: dirty: the page is marked, written out, dropped', ENTRY_D],
  ])('1 to 3: walk, read ptl, lock, delimbo, check; %s', (_title, bits) => {
    const rig = withBits(bits);
    const page = entryFrame(leaf(rig));
    const dirty = bits === ENTRY_D;
    same(ran(rig), [
      ...start,
      'test and clear young',
      ...when(!dirty, ...flushOne),
      ...['read and clear pte', ...flushOne],
      ...when(dirty, 'mark frame'),
      ...end,
      ...when(dirty, 'write frame'),
      ...['drop frame', 'reclaim leaves the kernel'],
    ]);
    expect(leaf(rig)).toBe(0);
    expect(read(rig, 'frame.kind', page)).toBe(kindNumber('dropped'));
    expect([read(rig, 'frame.dirty', page), read(rig, 'ghost.newer', page)]).toEqual([0, 0]);
    expect(read(rig, 'ghost.translation', 0, 0)).toBe(0);
  });

  it('1: gives up where a level is not present, before it takes a lock', () => {
    const rig = alone(reclaim);
    poke(rig, 'entries', 0, [0, startTable(rig.scene.world, 0, 0)]);
    same(driveToStop(rig, 'cpu0'), ['reclaim wants the page', ...walk2, 'reclaim leaves the kernel']);
  });

  it('3: an entry that maps another page is left alone', () => {
    const rig = alone(reclaim);
    const other = leaf(rig, 1);
    poke(rig, 'entries', other, [0, pteOf(rig)]);
    same(driveToStop(rig, 'cpu0'), [...start, 'unlock ptl', 'reclaim leaves the kernel']);
    expect(leaf(rig)).toBe(other);
  });
});

describe('mremap', () => {
  const move = ['read and clear pte', ...flushOne, 'set pte'];
  const first = [downWrite, ...walk3];
  const lock = ['read pmd', 'lock ptl', 'read the relocation mark'];

  it('1: fills the new place; 2, 3: old ptl, then the new one inside; 4: clear, flush_tlb_page, set; 5: unlock both', () => {
    const rig = alone(
      { do: 'mremap', mm: 0, from: 0, to: 2 },
      { shape: 'three', vas: [{}, {}, { empty: true }] },
    );
    const before = leaf(rig);
    const fill = [
      'allocate',
      'lock page_table_lock',
      'read the relocation mark',
      'read pmd',
      'set pmd',
      'unlock page_table_lock',
    ];
    same(ran(rig), [
      ...first,
      ...walk3,
      ...fill,
      'read pmd',
      ...lock,
      ...lock,
      ...move,
      'unlock ptl',
      'unlock ptl',
      'up_write',
    ]);
    expect(leaf(rig)).toBe(0);
    const table = entryFrame(read(rig, 'entries', 1, startTable(rig.scene.world, 0, 1)));
    expect(read(rig, 'entries', 0, table)).toBe(before);
    expect(read(rig, 'frame.kind', table)).toBe(kindNumber('table'));
  });

  it('3: within one PTE table the second ptl is neither taken nor released', () => {
    const rig = alone(
      { do: 'mremap', mm: 0, from: 0, to: 1 },
      { shape: 'three', vas: [{}, { empty: true }] },
    );
    same(ran(rig), [
      ...first,
      ...walk3,
      ...lock,
      'read pmd',
      'read the relocation mark',
      ...move,
      'unlock ptl',
      'up_write',
    ]);
  });

  it('1: skips a range whose tables are not there', () => {
    const rig = alone({ do: 'mremap', mm: 0, from: 0, to: 1 }, { shape: 'three', vas: [{}, {}] });
    poke(rig, 'entries', 0, [0, startTable(rig.scene.world, 0, 1)]);
    same(driveToStop(rig, 'cpu0'), [downWrite, ...walk3, 'up_write']);
  });
});

describe('munmap', () => {
  const unmap: Action = { do: 'munmap', mm: 0, vas: [0, 1] };
  const rigFor = (overrides: Partial<typeof may>): Rig =>
    rigOf(scenarioOn({ shape: 'three' }, [userOn(0, unmap)]), { ...may, ...overrides });
  const start = [downWrite, ...walk3, 'read pmd', 'lock ptl', 'read the relocation mark'];
  const underLock = [
    'lock page_table_lock',
    'read the relocation mark',
    'read and clear pmd',
    'unlock page_table_lock',
  ];

  it.each([
    ['page-table-lock', 'no'],
    ['none', 'no'],
    ['page-table-lock', 'yes'],
  ] as const)(
    '1 to 5: entries, parent entry, flush, free; freeTableLock=%s, unlinkOnFree=%s',
    (freeTableLock, unlinkOnFree) => {
      const rig = rigFor({ freeTableLock, unlinkOnFree });
      const table = pteOf(rig);
      const page = entryFrame(leaf(rig, 1));
      poke(rig, 'entries', leaf(rig, 1) | ENTRY_D, [1, table]);
      poke(rig, 'frame.link', 1, [table]);
      poke(rig, 'frame.link', table, [1]);
      same(ran(rig), [
        ...start,
        ...['read and clear pte', 'read and clear pte', 'mark frame', 'unlock ptl'],
        ...(freeTableLock === 'none' ? ['read and clear pmd'] : underLock),
        ...flushAll,
        ...when(unlinkOnFree === 'yes', 'drop the links'),
        ...['free frame', 'up_write'],
      ]);
      expect(read(rig, 'frame.dirty', page)).toBe(1);
      expect(read(rig, 'frame.kind', table)).toBe(kindNumber('freed-table'));
      const links = unlinkOnFree === 'yes' ? [0, 0] : [1, table];
      expect([read(rig, 'frame.link', table), read(rig, 'frame.link', 1)]).toEqual(links);
      expect(read(rig, 'entries', 0, startTable(rig.scene.world, 0, 1))).toBe(0);
    },
  );

  it('unlinkOnFree=yes leaves a link that points elsewhere by now', () => {
    const rig = rigFor({ unlinkOnFree: 'yes' });
    poke(rig, 'frame.link', 1, [pteOf(rig)]);
    poke(rig, 'frame.link', 2, [1]);
    ran(rig);
    expect([read(rig, 'frame.link', pteOf(rig)), read(rig, 'frame.link', 1)]).toEqual([0, 2]);
  });

  it('1: skips a range whose tables are not there', () => {
    const rig = rigFor({});
    poke(rig, 'entries', 0, [0, startTable(rig.scene.world, 0, 1)]);
    same(driveToStop(rig, 'cpu0'), [downWrite, ...walk3, 'up_write']);
  });
});

describe('fork', () => {
  function forked(): Scenario {
    const scenario = scenarioOf('fork');
    if (scenario === null) throw new Error('no scenario fork');
    return { ...scenario, threads: scenario.threads.map((t) => (t.cpu === 0 ? t : { ...t, actions: [] })) };
  }

  it('1: the child’s table and ptl; 2: the parent’s ptl inside; 3: write-protect, copy; 4: unlock; the end: flush the parent', () => {
    const rig = rigOf(forked(), may);
    poke(rig, 'entries', leaf(rig, 1) & ~ENTRY_W, [1, pteOf(rig)]);
    poke(rig, 'ghost.translation', leaf(rig, 1) & ~(ENTRY_P | ENTRY_A | ENTRY_D | 16 | 32), [1, 0]);
    poke(rig, 'mm.cpu_vm_mask', 1, [0]);
    const fill = [
      'allocate',
      'lock page_table_lock',
      'read the relocation mark',
      'read pgd',
      'set pgd',
      'unlock page_table_lock',
      'read pgd',
    ];
    const copies = ['read pte', 'write-protect pte', 'set pte', 'read pte', 'set pte'];
    same(ran(rig), [
      ...[downWrite, ...walk2, ...walk2, ...fill, 'read pgd', 'lock ptl'],
      ...['read pgd', 'lock ptl', 'read the relocation mark', ...copies, 'unlock ptl', 'unlock ptl'],
      ...[...flushAll, 'up_write'],
    ]);
    const child = entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd', 1)));
    for (const va of [0, 1]) {
      expect(leaf(rig, va) & (ENTRY_P | ENTRY_W)).toBe(ENTRY_P);
      expect(read(rig, 'entries', va, child)).toBe(leaf(rig, va));
    }
  });

  it('3: leaves out what is not present', () => {
    const rig = rigOf(forked(), may);
    poke(rig, 'entries', 0, [1, pteOf(rig)]);
    poke(rig, 'ghost.translation', 0, [1, 0]);
    poke(rig, 'mm.cpu_vm_mask', 1, [0]);
    ran(rig);
    expect(read(rig, 'entries', 1, entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd', 1))))).toBe(0);
  });
});

describe('the lazy switch (kernel.md 2.9)', () => {
  const there = ['switch to a kernel thread', 'disable interrupts', 'no longer lazy', 'test and set CPU0'];
  const back = 'enable interrupts';

  it.each([
    [1, 'the bit is still set: CR3 stays'],
    [0, 'it was cleared meanwhile: CR3 is loaded'],
  ])('coming back with bit %i: %s', (bit) => {
    const rig = alone({ do: 'kernel-thread', mm: 0 });
    poke(rig, 'mm.cpu_vm_mask', bit);
    if (bit === 0) poke(rig, 'cpu.cr3', 0);
    same(ran(rig), [...there, ...when(bit === 0, 'load CR3'), back]);
    expect(read(rig, 'mm.cpu_vm_mask')).toBe(1);
    expect([
      read(rig, 'cpu.cr3'),
      read(rig, 'cpu.lazy'),
      read(rig, 'cpu.irqs_off'),
      read(rig, 'cpu.kernel'),
    ]).toEqual([read(rig, 'mm.pgd'), 0, 0, 0]);
  });
});

describe('a fault', () => {
  const faulted = (rig: Rig): Taken[] => {
    const taken = ran(rig);
    const from = taken.findIndex(({ label }) => label.includes('down_read'));
    return taken.slice(from, taken.findIndex(({ label }) => label.includes('up_read')) + 1);
  };
  const up = ['enter the kernel, down_read', ...walk2, 'read pte'];
  const locked = ['read pgd', 'lock ptl', 'read the relocation mark', 'compare pte'];
  const end = ['test and clear NEED_RELOAD', 'test and clear NEED_FLUSH', 'unlock ptl', 'up_read'];

  it.each([
    [false, 'A, D and W'],
    [true, 'A, D and W'],
  ])('4a on an empty entry (write=%s): anonymous memory of 2.6.25 starts with %s', (write) => {
    const rig = alone(write ? writes(1) : reads(1), { vas: [{}, { empty: true }] });
    same(faulted(rig), [...up, 'allocate', ...locked, 'set pte', ...end]);
    expect(leaf(rig, 1) & (ENTRY_P | ENTRY_W | ENTRY_A | ENTRY_D)).toBe(
      ENTRY_P | ENTRY_W | ENTRY_A | ENTRY_D,
    );
    const page = entryFrame(leaf(rig, 1));
    expect(read(rig, 'frame.kind', page)).toBe(kindNumber('data'));
  });

  it.each(['keep', 'rewalk'] as const)('2, 4a: its allocation sleeps, faultSleep=%s', (faultSleep) => {
    const scenario = scenarioOn({ vas: [{}, { empty: true }] }, [userOn(0, reads(1))], {
      allocationSleeps: true,
    });
    const rig = rigOf(scenario, { ...may, faultSleep });
    const again = when(faultSleep === 'rewalk', ...walk2);
    same(faulted(rig), [...up, 'may sleep', 'wakes up', 'allocate', ...again, ...locked, 'set pte', ...end]);
  });

  it('4b write to a read-only page of a private mapping: the copy is another page, writable', () => {
    const rig = alone(writes(0), { vas: [{ readOnly: true, privateMapping: true }, {}] });
    const before = entryFrame(leaf(rig));
    faulted(rig);
    expect(entryFrame(leaf(rig))).not.toBe(before);
    expect(leaf(rig) & (ENTRY_P | ENTRY_W | ENTRY_D)).toBe(ENTRY_P | ENTRY_W | ENTRY_D);
    expect(read(rig, 'frame.kind', before)).toBe(kindNumber('data'));
  });

  it('4b copy-on-write whose allocation sleeps: the ptl is not held meanwhile; a page that is not needed is given back', () => {
    const world = { vas: [{ readOnly: true, privateMapping: true }, {}] };
    const rig = rigOf(scenarioOn(world, [userOn(0, writes(0))], { allocationSleeps: true }), may);
    driveUntil(rig, 'cpu0', /^may sleep/);
    expect(read(rig, 'ghost.locks_held')).toBe(0);
    driveUntil(rig, 'cpu0', /^compare/);
    poke(rig, 'entries', leaf(rig) | ENTRY_W, [0, pteOf(rig)]);
    driveUntil(rig, 'cpu0', /up_read/);
    const pages = rig.scene.world.pools.at(-1);
    expect(read(rig, 'frame.kind', pages?.base ?? 0)).toBe(kindNumber('free'));
  });
});
