import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { ENTRY_P, ENTRY_W, entryFrame } from '../machine/entry.ts';
import { kindNumber } from '../machine/world.ts';
import type { Action } from './script.ts';
import {
  canMove,
  designOf,
  driveToStop,
  driveUntil,
  nextLabel,
  poke,
  read,
  rigOf,
  type Rig,
  stepActor,
  waitText,
} from './testing/rig.ts';
import { moverOn, reads, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';

const may = designOf('2008-05-09');
const reclaim: Action = { do: 'reclaim', mm: 0, va: 0 };
const empty1 = { vas: [{}, { empty: true }] };
const rig = (...actions: Action[]): Rig => rigOf(scenarioOn(empty1, [userOn(0, ...actions), userOn(1)]), may);

describe('the kernel of 2.6.23 to 2.6.25 (kernel.md 3)', () => {
  it('3.1 mmap_sem: readers share it, a writer excludes everybody', () => {
    const one = rig(reads(1));
    poke(one, 'mm.mmap_sem_readers', 2);
    driveUntil(one, 'cpu0', /down_read/);
    expect(canMove(one, 'cpu0')).toBe(true);
    poke(one, 'mm.mmap_sem_readers', 0);
    poke(one, 'mm.mmap_sem_writer', 2);
    expect(canMove(one, 'cpu0')).toBe(false);
    expect(waitText(one, 'cpu0')).toBe('sleeps for mmap_sem, held for writing by CPU1');
    const writer = rig({ do: 'munmap', mm: 0, vas: [0, 1] });
    poke(writer, 'mm.mmap_sem_readers', 2);
    expect(canMove(writer, 'cpu0')).toBe(false);
    poke(writer, 'mm.mmap_sem_readers', 0);
    stepActor(writer, 'cpu0');
    expect([read(writer, 'mm.mmap_sem_writer'), read(writer, 'mm.mmap_sem_readers')]).toEqual([1, 0]);
  });

  it.each([
    [true, 'ptl of frame 2'],
    [false, 'page_table_lock of mm'],
  ])('3.1 split locks %s: the ptl of a PTE table is %s', (splitLocks, name) => {
    const one = rigOf(scenarioOn({ ...empty1, splitLocks }, [userOn(0, reads(1)), userOn(1)]), may);
    driveUntil(one, 'cpu0', /^lock /);
    expect(nextLabel(one, 'cpu0')).toBe(`lock ${name}`);
    poke(one, splitLocks ? 'frame.ptl' : 'mm.page_table_lock', 2, splitLocks ? [2] : [0]);
    expect([canMove(one, 'cpu0'), waitText(one, 'cpu0')]).toEqual([false, `waits for ${name}, held by CPU1`]);
  });

  it('3.2 a thread works on the pointers that it read without a lock, until it has the lock and looks again', () => {
    const one = rig(reads(1));
    driveUntil(one, 'cpu0', /^lock ptl/);
    const pte = startTable(one.scene.world, 0, 1);
    expect(read(one, 'ghost.locks_held')).toBe(0);
    poke(one, 'entries', (9 << 6) | ENTRY_P, [1, pte]);
    const taken = driveUntil(one, 'cpu0', /up_read/).map(({ label }) => label);
    expect(taken.filter((label) => label.startsWith('set pte'))).toEqual([]);
    expect(read(one, 'entries', 1, pte)).toBe((9 << 6) | ENTRY_P);
    const pages = one.scene.world.pools.at(-1);
    expect(read(one, 'frame.kind', pages?.base ?? 0)).toBe(kindNumber('free'));
  });

  it('3.2 a present entry that changed before the lock was got is left alone, and the access is tried again', () => {
    const one = rigOf(scenarioOn({ vas: [{ readOnly: true }, {}] }, [userOn(0, writes(0))]), may);
    driveUntil(one, 'cpu0', /^lock ptl/);
    const pte = startTable(one.scene.world, 0, 1);
    const changed = read(one, 'entries', 0, pte) | ENTRY_W;
    poke(one, 'entries', changed, [0, pte]);
    driveUntil(one, 'cpu0', /up_read/);
    expect(read(one, 'entries', 0, pte)).toBe(changed);
    stepActor(one, 'cpu0');
    expect(nextLabel(one, 'cpu0')).toMatch(/^write va0: look in the TLB/);
  });

  it('3.3 an upper entry that somebody filled meanwhile stays; the new table is given back', () => {
    const one = rigOf(scenarioOn({ vas: [{ empty: true }] }, [userOn(0, reads(0))]), may);
    driveUntil(one, 'cpu0', /^lock page_table_lock/);
    const pool = one.scene.world.pools[0]?.base ?? 0;
    expect(read(one, 'frame.kind', pool)).toBe(kindNumber('new'));
    const pgd = read(one, 'mm.pgd');
    const other = (pool + 1) << 6;
    poke(one, 'entries', other | 7, [0, pgd]);
    driveUntil(one, 'cpu0', /^unlock page_table_lock/);
    stepActor(one, 'cpu0');
    expect([read(one, 'entries', 0, pgd), read(one, 'frame.kind', pool)]).toEqual([
      other | 7,
      kindNumber('free'),
    ]);
  });

  it('3.4 a fault holds mmap_sem for reading while it sleeps over its allocation, and is quiescent meanwhile', () => {
    const one = rigOf(scenarioOn(empty1, [userOn(0, reads(1))], { allocationSleeps: true }), may);
    driveUntil(one, 'cpu0', /^may sleep/);
    expect([
      read(one, 'mm.mmap_sem_readers'),
      read(one, 'cpu.kernel'),
      read(one, 'ghost.locks_held'),
    ]).toEqual([1, 1, 0]);
    stepActor(one, 'cpu0');
    expect([read(one, 'mm.mmap_sem_readers'), read(one, 'cpu.kernel')]).toEqual([1, 0]);
    stepActor(one, 'cpu0');
    expect(read(one, 'cpu.kernel')).toBe(1);
    driveToStop(one, 'cpu0');
    expect([read(one, 'mm.mmap_sem_readers'), read(one, 'cpu.kernel')]).toEqual([0, 0]);
  });

  it('3.5 reclaim holds no mmap_sem: it runs while somebody else has it for writing', () => {
    const one = rig(reclaim);
    poke(one, 'mm.mmap_sem_writer', 2);
    const taken = driveToStop(one, 'cpu0').map(({ tag }) => tag);
    expect(taken).toContain('drop');
    expect(read(one, 'mm.mmap_sem_writer')).toBe(2);
  });

  it('3.6 mremap clears and flushes the old entry before it sets the new one, both ptls held', () => {
    const vas = [{}, {}, { empty: true }, {}];
    const threads = [userOn(0, { do: 'mremap', mm: 0, from: 0, to: 2 })];
    const one = rigOf(scenarioOn({ shape: 'three', vas }, threads), may);
    driveUntil(one, 'cpu0', /^set pte/);
    expect(read(one, 'ghost.locks_held')).toBe(2);
    expect([read(one, 'entries', 0, startTable(one.scene.world, 0, 2)), read(one, 'cpu.tlb', 0, 0)]).toEqual([
      0, 0,
    ]);
    expect(read(one, 'mm.mmap_sem_writer')).toBe(1);
  });

  it('3.6 munmap clears the parent entry, flushes, and only then frees the table', () => {
    const threads = [userOn(0, { do: 'munmap', mm: 0, vas: [0, 1] })];
    const one = rigOf(scenarioOn({ shape: 'three' }, threads), may);
    driveUntil(one, 'cpu0', /^flush_tlb_mm/);
    const table = startTable(one.scene.world, 0, 2);
    expect(read(one, 'frame.kind', table)).toBe(kindNumber('unlinked'));
    driveUntil(one, 'cpu0', /^free frame/);
    expect(read(one, 'frame.kind', table)).toBe(kindNumber('unlinked'));
    stepActor(one, 'cpu0');
    expect(read(one, 'frame.kind', table)).toBe(kindNumber('freed-table'));
  });
});

describe('classic RCU (kernel.md 3.7)', () => {
  /** CPU1 has called synchronize_rcu while CPU0 was where `stop` says. */
  function waiting(stop: RegExp, ...actions: Action[]): Rig {
    const threads = [userOn(0, ...actions), moverOn(1, 'top'), userOn(2, reads(1))];
    const one = rigOf(scenarioOn({ vas: [{}, { empty: true }] }, threads), designOf('2008-04-29'));
    driveUntil(one, 'cpu0', stop);
    driveUntil(one, 'cpu1', /all acknowledged/);
    while (!canMove(one, 'cpu1')) {
      if (canMove(one, 'ipi0', 1) || nextLabel(one, 'ipi0').startsWith('acknowledge'))
        driveToStop(one, 'ipi0');
      else stepActor(one, 'cpu0');
    }
    driveUntil(one, 'cpu1', /^synchronize_rcu: /);
    stepActor(one, 'cpu1');
    return one;
  }

  it('3.7 synchronize_rcu waits for a CPU that is in the kernel, until it has left it once', () => {
    const one = waiting(/^read pte/, reads(1));
    expect([canMove(one, 'cpu1'), waitText(one, 'cpu1')]).toEqual([
      false,
      'synchronize_rcu waits for CPU0 to leave the kernel',
    ]);
    driveUntil(one, 'cpu0', /^up_read/);
    expect(canMove(one, 'cpu1')).toBe(false);
    stepActor(one, 'cpu0');
    expect(canMove(one, 'cpu1')).toBe(true);
  });

  it('3.7 not for a reader that starts later, nor for a CPU in user mode in the middle of a walk', () => {
    const one = waiting(/^read va0/, reads(0));
    stepActor(one, 'cpu0');
    expect(read(one, 'rcu.waits_for', 1)).toBe(0);
    driveUntil(one, 'cpu2', /^lock ptl|^read pgd/);
    expect([read(one, 'cpu.kernel', 2), canMove(one, 'cpu1')]).toEqual([1, true]);
  });

  it('3.7 call_rcu waits for the CPUs that are in the kernel, its own included, and runs in nobody’s context', () => {
    const one = rigOf(scenarioOn(empty1, [userOn(0, reads(1)), moverOn(1, 1)]), designOf('2008-01-04'));
    driveUntil(one, 'cpu0', /^read pte\[1\]/);
    driveUntil(one, 'cpu1', /^call_rcu/);
    stepActor(one, 'cpu1');
    const old = startTable(one.scene.world, 0, 1);
    expect(read(one, 'rcu.table_callback', old)).toBe(1 | (0b11 << 1));
    expect(canMove(one, 'rcu')).toBe(false);
    driveUntil(one, 'cpu1', /all acknowledged/);
    driveToStop(one, 'ipi0');
    driveToStop(one, 'cpu1');
    expect(read(one, 'rcu.table_callback', old)).toBe(1 | (0b01 << 1));
    driveToStop(one, 'cpu0');
    expect(stepActor(one, 'rcu').label).toBe(`RCU callback: free frame ${String(old)}`);
    expect(read(one, 'frame.kind', old)).toBe(kindNumber('freed-table'));
  });

  it('3.8 the kernel’s own table never moves and nothing of a process is cached under it', () => {
    const threads = [moverOn(0, 1), userOn(1)];
    const speculation = { cpu: 0, walks: 2 };
    const one = rigOf(scenarioOn({ vas: [{}, {}] }, threads, { speculation }), may);
    driveToStop(one, 'spec0');
    expect(read(one, 'cpu.tlb', 0, 0)).not.toBe(0);
    driveUntil(one, 'cpu0', /^load init_mm/);
    stepActor(one, 'cpu0');
    expect([read(one, 'cpu.cr3'), read(one, 'cpu.tlb', 0, 0), read(one, 'cpu.walk_cache', 0, 0)]).toEqual([
      0, 0, 0,
    ]);
    expect(entryFrame(read(one, 'cpu.tlb', 1, 0))).toBe(0);
  });
});

/** kernel.md, rule by rule: words of the title of the test that shows it. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  '2.1': ['2.1 an access looks in the TLB', '2.1 a second read of the page is served by the TLB'],
  '2.2': [
    '2.2 a TLB entry keeps the page',
    '2.2 a hit with W and D',
    '2.2 a write that hits an entry with D=0',
    '2.2 a write that hits an entry without W',
  ],
  '2.3': [
    'it starts below the deepest matching cache entry',
    '2.3 it reads whatever the frame',
    '2.3 every entry read',
  ],
  '2.4': [
    '2.4 the update that sets D looks at %s again',
    '2.4 the update of an upper entry',
    '2.4 the update takes the entry as it is then',
  ],
  '2.5': ['2.5 what is not present is never cached', '2.5 PAE: the top entries have no A and no W'],
  '2.6': [
    '2.6 INVLPG drops',
    '2.6 MOV CR3 drops all',
    '2.6 PAE: MOV CR3 with the same value',
    '2.6 drops the TLB entry of its va',
    '2.6 so that the access is tried again',
  ],
  '2.7': ['2.7 at any moment, for any va', '2.7 no more often than the scenario allows'],
  '2.8': [
    '2.8 not inside an instruction',
    '2.8 not with interrupts off',
    '2.8 taken while the CPU spins',
    '2.8 a flush throws away a walk',
    '2.8 the CPU’s own INVLPG',
  ],
  '2.9': [
    '2.9 a lazy CPU leaves the mm',
    '2.9 a CPU is in cpu_vm_mask',
    '2.9 switchOrder=clear-last',
    'coming back with bit %i',
  ],
  '3.1': ['3.1 mmap_sem', '3.1 split locks'],
  '3.2': ['3.2 a thread works on the pointers', '3.2 a present entry that changed'],
  '3.3': ['3.3 an upper entry that somebody filled', 'fill 1 to 4'],
  '3.4': ['3.4 a fault holds mmap_sem'],
  '3.5': ['3.5 reclaim holds no mmap_sem', '1 to 3: walk, read ptl, lock, delimbo, check'],
  '3.6': ['3.6 mremap', '3.6 munmap', '1: the child’s table and ptl; 2: the parent’s ptl inside'],
  '3.7': ['3.7 synchronize_rcu waits', '3.7 not for a reader that starts later', '3.7 call_rcu waits'],
  '3.8': ['3.8 the kernel’s own table'],
  '3.9': ['%s: moving any one table leaves every translation', 'so does moving the whole tree'],
  '3.10': ['all-parents: both page_table_locks in address order'],
};

describe('every rule of kernel.md sections 2 and 3 has a test that shows it', () => {
  const here = new URL('./', import.meta.url);
  const titles = readdirSync(here)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(file, here), 'utf8').split('const RULES')[0] ?? '')
    .join('\n');

  it.each(Object.entries(RULES))('%s', (_rule, wanted) => {
    expect(wanted.filter((words) => !titles.includes(words))).toEqual([]);
  });
});
