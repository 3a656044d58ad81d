import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../designs/versions.ts';
import type { Design } from '../kernel/design.ts';
import { designOf, driveAll, driveUntil, rigOf, stepActor, type Taken } from './testing/rig.ts';
import { same, shorts, when } from './testing/steps.ts';
import { moverOn, reads, scenarioOn, userOn, writes } from './testing/worlds.ts';

/** designs.md, enter and leave: the mark is changed under page_table_lock. */
function marked(d: Design, by: '+' | '-'): string[] {
  const label =
    d.marking === 'flag' ? `${by === '+' ? 'set' : 'clear'} NEED_REWALK` : `nesting count ${by}= 1`;
  const body = ['lock page_table_lock', label, 'unlock page_table_lock'];
  const irqs = d.irqs === 'off';
  return d.marking === 'none'
    ? []
    : [...when(irqs, 'disable interrupts'), ...body, ...when(irqs, 'restore interrupts')];
}

const enter = (d: Design): string[] => [
  d.serialise === 'none' ? 'enter the kernel' : 'lock relocation mutex',
  ...marked(d, '+'),
];

const allocate = ['may sleep while allocating the new frame', 'wakes up', 'allocate'];

/** relocate_table 1 to 11 for a PTE table of two entries under the PGD, CPU0 in the mask. */
function relocateTable(d: Design): string[] {
  const limbo = d.order === 'limbo';
  const off = d.irqs === 'off';
  return [
    ...when(off, 'disable interrupts'),
    'lock page_table_lock',
    ...when(d.marking !== 'none', 'read the relocation mark'),
    ...['read pgd', 'read pgd', 'lock ptl'],
    ...when(!limbo, ...when(off, 'restore interrupts'), 'clear pgd', ...flush('flush')),
    ...['copy pte', 'copy pte'],
    ...when(d.adBits !== 'none', 'link', 'link'),
    ...when(d.freeing === 'rcu-per-table', 'call_rcu'),
    'swing pgd',
    ...when(limbo, 'read cpu_vm_mask', 'set NEED_FLUSH'),
    ...['unlock ptl', 'unlock page_table_lock'],
    ...when(limbo && off, 'restore interrupts'),
  ];
}

const flush = (kind: 'flush' | 'reload'): string[] => [
  'read cpu_vm_mask',
  `send IPI ${kind}_tlb_mm`,
  `ipi0 take IPI ${kind}`,
  'ipi0 acknowledge the IPI',
  `all acknowledged ${kind}_tlb_mm`,
];

/** maybe_reload 1 to 3, with the flag that was set. */
function maybeReload(d: Design, flag: 'flush' | 'reload' | null): string[] {
  const test = d.flagClear === 'after' ? 'test' : 'test and clear';
  const clears = flag === 'reload' ? ['clear NEED_RELOAD', 'clear NEED_FLUSH'] : ['clear NEED_FLUSH'];
  if (flag === 'reload') {
    const first = when(d.flagClear !== 'after', 'clear NEED_FLUSH');
    return [`${test} NEED_RELOAD`, ...first, ...flush('reload'), ...when(d.flagClear === 'after', ...clears)];
  }
  const work = flag === null ? [] : [...flush('flush'), ...when(d.flagClear === 'after', ...clears)];
  return [`${test} NEED_RELOAD`, `${test} NEED_FLUSH`, ...work];
}

/** freeing, for one old table; `linked` when it has a link. */
function freeing(d: Design, linked: boolean): string[] {
  if (d.freeing === 'rcu-per-table') return [];
  if (d.freeing === 'rcu-after-flush') return ['call_rcu'];
  const merge = ['read A and D', 'or A and D into pte'];
  const entries = d.adFreeMerge === 'every-entry' ? [...merge, ...merge] : merge;
  const bits = ['lock ptl', ...entries, 'drop the link', 'drop the link', 'unlock ptl'];
  const ad = d.adBits === 'none' ? [] : ['read the link', ...when(linked, ...bits)];
  return ['synchronize_rcu', 'synchronize_rcu is over', ...ad, 'free'];
}

function leave(d: Design): string[] {
  if (d.serialise === 'mutex-until-rcu') return ['leave the kernel'];
  return [...marked(d, '-'), d.serialise === 'mutex' ? 'unlock relocation mutex' : 'leave the kernel'];
}

function callback(d: Design): string[] {
  if (d.freeing === 'synchronize-rcu') return [];
  if (d.freeing === 'rcu-per-table') return ['rcu RCU callback'];
  const mutex = d.serialise === 'mutex-until-rcu';
  const mark = d.marking === 'flag' ? 'rcu clear NEED_REWALK' : 'rcu nesting count -= 1';
  return [
    'rcu RCU callback',
    'rcu free',
    ...when(mutex, ...when(d.marking !== 'none', mark), 'rcu release the relocation mutex'),
  ];
}

const may = designOf('2008-05-09');
const designs: readonly (readonly [string, Design])[] = [
  ...VERSIONS.slice(0, 6).map(({ id, design }) => [id, design] as const),
  ['invalidate-first, irqs=off', { ...may, order: 'invalidate-first', irqs: 'off' }],
  ['flagClear=after', { ...may, flagClear: 'after' }],
  ['adFreeMerge=every-entry', { ...may, adFreeMerge: 'every-entry' }],
  ['adBits=at-free', { ...may, adBits: 'at-free' }],
  ['marking=none', { ...may, marking: 'none' }],
  ['serialise=none', { ...may, serialise: 'none' }],
];

describe.each(designs)('%s: the steps of a relocation that runs alone', (_name, design) => {
  it('of a PTE table: enter, relocate_table, maybe_flush, freeing, leave', () => {
    const taken = driveAll(rigOf(scenarioOn({}, [userOn(0), moverOn(1, 1)]), design), 'cpu1');
    const pending = design.order === 'limbo' ? 'flush' : null;
    const finish = [
      ...maybeReload(design, pending),
      ...freeing(design, true),
      ...leave(design),
      ...callback(design),
    ];
    same(taken, [...enter(design), ...allocate, ...relocateTable(design), ...finish]);
  });

  it('of the PGD: enter, relocate_top, maybe_reload, freeing, leave', () => {
    const taken = driveAll(rigOf(scenarioOn({}, [userOn(0), moverOn(1, 'top')]), design), 'cpu1');
    const off = design.irqs === 'off';
    const top = [
      ...when(off, 'disable interrupts'),
      ...['lock page_table_lock', 'copy pgd', 'copy pgd'],
      ...when(design.freeing === 'rcu-per-table', 'call_rcu'),
      ...['set pgd', 'read cpu_vm_mask', 'set NEED_RELOAD', 'unlock page_table_lock'],
      ...when(off, 'restore interrupts'),
    ];
    const finish = [
      ...maybeReload(design, 'reload'),
      ...freeing(design, false),
      ...leave(design),
      ...callback(design),
    ];
    same(taken, [...enter(design), ...allocate, ...top, ...finish]);
  });
});

describe('the steps of a fault that runs alone', () => {
  const lockUp = ['enter the kernel, down_read', 'read pgd', 'read pgd', 'read pte'];
  const locked = ['read pgd', 'lock ptl', 'read the relocation mark', 'compare pte'];
  const reloads = ['test and clear NEED_RELOAD', 'test and clear NEED_FLUSH'];
  const out = ['unlock ptl', 'up_read'];
  const faultOf = (world: Parameters<typeof scenarioOn>[0], write: boolean): Taken[] => {
    const rig = rigOf(scenarioOn(world, [userOn(0, write ? writes(0) : reads(0))]), may);
    driveUntil(rig, 'cpu0', /down_read/);
    return [...driveUntil(rig, 'cpu0', /up_read/), stepActor(rig, 'cpu0')];
  };

  it('4a none: allocate, lock, delimbo, check, set, maybe_reload, unlock', () => {
    const taken = faultOf({ vas: [{ empty: true }, {}] }, false);
    same(taken, [...lockUp, 'allocate', ...locked, 'set pte', ...reloads, ...out]);
  });

  it('4b present, a write: lock, delimbo, compare, set, flush_tlb_page, maybe_reload, unlock', () => {
    const taken = faultOf({ vas: [{ readOnly: true }, {}] }, true);
    same(taken, [...lockUp, ...locked, 'set pte', 'flush_tlb_page', 'read cpu_vm_mask', ...reloads, ...out]);
  });

  it('4b copy-on-write: unlock, allocate, lock again, delimbo, compare, clear, flush_tlb_page, set', () => {
    const taken = faultOf({ vas: [{ readOnly: true, privateMapping: true }, {}] }, true);
    const copy = [
      'unlock ptl',
      'allocate',
      ...locked,
      'clear pte',
      'flush_tlb_page',
      'read cpu_vm_mask',
      'set pte',
    ];
    same(taken, [...lockUp, ...locked, ...copy, ...reloads, ...out]);
  });

  it('fill 1 to 4: allocate a zeroed table, lock page_table_lock, delimbo, check, set, unlock', () => {
    const taken = faultOf({ vas: [{ empty: true }] }, false);
    const fill = [
      'allocate',
      'lock page_table_lock',
      'read the relocation mark',
      'read pgd',
      'set pgd',
      'unlock page_table_lock',
    ];
    same(taken, [
      'enter the kernel, down_read',
      'read pgd',
      'read pgd',
      ...fill,
      'read pgd',
      'read pte',
      'allocate',
      ...locked,
      'set pte',
      ...reloads,
      ...out,
    ]);
  });
});

describe('the steps of delimbo_pte while a relocation is marked', () => {
  /** CPU0 faults on va1 after CPU1 has entered and stopped before it takes page_table_lock. */
  const delimbo = (design: Design): Taken[] => {
    const rig = rigOf(
      scenarioOn({ vas: [{}, { empty: true }] }, [userOn(0, reads(1)), moverOn(1, 1)]),
      design,
    );
    driveUntil(rig, 'cpu1', /may sleep/);
    driveUntil(rig, 'cpu0', /^lock ptl/);
    stepActor(rig, 'cpu0');
    return driveUntil(rig, 'cpu0', /^compare/);
  };

  it.each([
    ['2008-03-19', 'page-table-lock', true],
    ['2008-04-29', 'none', false],
  ] as const)('%s, rewalkLock=%s', (version, rewalkLock, lock) => {
    same(delimbo(designOf(version, { rewalkLock })), [
      ...['read the relocation mark', 'unlock ptl'],
      ...when(lock, 'lock page_table_lock'),
      ...['read pgd', 'read pgd', 'read pgd', 'lock ptl'],
      ...when(lock, 'unlock page_table_lock'),
    ]);
  });

  it('marking=none: it always walks again, and there is no test', () => {
    expect(shorts(delimbo({ ...may, marking: 'none' }))[0]).toBe('unlock ptl');
  });

  it('adBits=at-delimbo-and-free: a table without a link is left as it is', () => {
    const taken = shorts(delimbo(may));
    expect(taken).toContain('read the link');
    expect(taken.some((label) => label.startsWith('or A and D'))).toBe(false);
  });
});
