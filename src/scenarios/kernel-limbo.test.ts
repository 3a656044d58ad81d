import { describe, expect, it } from 'vitest';
import type { Design } from '../kernel/design.ts';
import { ENTRY_A, ENTRY_D, ENTRY_W, entryFrame } from '../machine/entry.ts';
import type { Scenario } from './scenario.ts';
import type { Action } from './script.ts';
import { scenarioOf } from './scenarios.ts';
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
  stepActor,
  type Taken,
} from './testing/rig.ts';
import { same, shorts, when } from './testing/steps.ts';
import { moverOn, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';

/** The choices that limbo-repaired adds to designs.md, step by step: what each value does, and leaves out. */
const limbo = designOf('limbo-repaired');
interface InLimbo {
  readonly rig: Rig;
  readonly old: number;
  readonly fresh: number;
}

/** CPU1 has moved the PTE table of va0 and not flushed; D is set in the old entry since, A is not; CPU0 is about to act. */
function inLimbo(overrides: Partial<Design>, action: Action, vas = [{}, {}] as object[]): InLimbo {
  const rig = rigOf(scenarioOn({ vas }, [userOn(0, action), moverOn(1, 1)]), { ...limbo, ...overrides });
  driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
  const old = startTable(rig.scene.world, 0, 1);
  poke(rig, 'entries', (read(rig, 'entries', 0, old) & ~ENTRY_A) | ENTRY_D, [0, old]);
  const fresh = entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd')));
  return { rig, old, fresh };
}

/** The steps between one that starts with the first words and one that starts with the last, both left out. */
function between(taken: readonly Taken[], first: string, last: string): Taken[] {
  const labels = shorts(taken);
  const from = labels.findIndex((label) => label.startsWith(first));
  const to = labels.findIndex((label, i) => i > from && label.startsWith(last));
  expect([from >= 0, to > from], labels.join('\n')).toEqual([true, true]);
  return taken.slice(from + 1, to);
}

describe('clearing: an entry is taken away while its table has a copy in limbo', () => {
  const page = (rig: Rig): number => entryFrame(read(rig, 'ghost.translation', 0, 0));
  const cases = [
    ['reclaim', { do: 'reclaim', mm: 0, va: 0 }, 'read and clear pte', 'flush_tlb_page'],
    ['munmap', { do: 'munmap', mm: 0, vas: [0] }, 'read and clear pte', 'mark frame'],
    ['mremap', { do: 'mremap', mm: 0, from: 0, to: 1 }, 'read and clear pte', 'flush_tlb_page'],
  ] as const;

  it.each(cases)(
    'copies-too: %s reads and clears it there as well, and has its D',
    (_name, action, at, end) => {
      const vas = action.do === 'mremap' ? [{}, { empty: true }] : [{}, {}];
      const { rig, old } = inLimbo({}, action, vas);
      const frame = page(rig);
      driveUntil(rig, 'cpu0', /^read and clear pte/);
      const taken = driveUntil(rig, 'cpu0', /^(unlock ptl|set pte)/);
      const copy = ['read the copy', 'read and clear pte', 'read the copy'];
      same(between([...taken, stepActor(rig, 'cpu0')], at, end), copy);
      expect(read(rig, 'entries', 0, old)).toBe(0);
      if (action.do === 'mremap')
        expect(
          read(rig, 'entries', 1, entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd')))) & ENTRY_D,
        ).toBe(ENTRY_D);
      else expect(read(rig, 'frame.dirty', frame)).toBe(1);
    },
  );

  it.each(cases.slice(0, 2))('current: %s leaves the copy alone; its D is not seen', (_name, action) => {
    const { rig, old } = inLimbo({ clearing: 'current' }, action);
    const frame = page(rig);
    const before = read(rig, 'entries', 0, old);
    driveUntil(rig, 'cpu0', /^read and clear pte/);
    const taken = driveUntil(rig, 'cpu0', /^unlock ptl/);
    expect(shorts(taken)).not.toContain('read the copy behind');
    expect([read(rig, 'entries', 0, old), read(rig, 'frame.dirty', frame)]).toEqual([before, 0]);
  });

  it('copies-too: copy-on-write clears the copy’s entry, so that nobody writes the old page there', () => {
    const { rig, old } = inLimbo({}, writes(0), [{ readOnly: true, privateMapping: true }, {}]);
    const taken = driveUntil(rig, 'cpu0', /^set pte/);
    same(between(taken, 'clear pte', 'flush_tlb_page'), ['read the copy', 'clear pte', 'read the copy']);
    expect(read(rig, 'entries', 0, old)).toBe(0);
  });

  it.each(['copies-too', 'current'] as const)('%s: what fork does to W in limbo', (clearing) => {
    const scenario = scenarioOf('fork');
    if (scenario === null) throw new Error('no scenario fork');
    const rig = rigOf(scenario, { ...limbo, clearing });
    const old = startTable(rig.scene.world, 0, 1);
    driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
    const taken = driveUntil(rig, 'cpu0', /^flush_tlb_mm|^reload_tlb_mm/);
    const both = clearing === 'copies-too';
    const copy = when(both, 'read the copy', 'write-protect pte', 'read the copy');
    same(between(taken, 'write-protect pte', 'set pte'), copy);
    expect(read(rig, 'entries', 0, old) & ENTRY_W).toBe(both ? 0 : ENTRY_W);
  });
});

describe('linkShape: one table moves twice in a relocation', () => {
  function movedTwice(overrides: Partial<Design>): { rig: Rig; tables: readonly number[] } {
    const rig = rigOf(scenarioOn({}, [userOn(0), moverOn(1, 1, 1)]), { ...limbo, ...overrides });
    const first = startTable(rig.scene.world, 0, 1);
    driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
    const third = entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd')));
    const second = read(rig, 'frame.link', first);
    return { rig, tables: [first, second, third] };
  }
  const links = (rig: Rig, field: string, tables: readonly number[]): number[] =>
    tables.map((frame) => read(rig, field, frame));

  it('chain: each knows the table that took its place and the copy behind it', () => {
    const { rig, tables } = movedTwice({});
    const [first = 0, second = 0, third = 0] = tables;
    expect(links(rig, 'frame.link', tables)).toEqual([second, third, 0]);
    expect(links(rig, 'frame.behind', tables)).toEqual([0, first, second]);
  });

  it('both-ways: the second move overwrites the middle one’s link to the first', () => {
    const { rig, tables } = movedTwice({ linkShape: 'both-ways' });
    const [, second = 0, third = 0] = tables;
    expect(links(rig, 'frame.link', tables)).toEqual([second, third, second]);
    expect(links(rig, 'frame.behind', tables)).toEqual([0, 0, 0]);
  });

  it('chain: the first is merged into the table at the end of the chain, then the second', () => {
    const { rig, tables } = movedTwice({});
    const [first = 0, second = 0, third = 0] = tables;
    for (const [table, index] of [
      [first, 0],
      [second, 1],
    ] as const)
      poke(rig, 'entries', read(rig, 'entries', index, table) | ENTRY_D, [index, table]);
    const taken = driveAll(rig, 'cpu1');
    const merge = ['read A and D', 'or A and D into pte'];
    const freed = (hops: number): string[] => [
      'lock page_table_lock',
      ...Array.from({ length: 1 + hops }, () => 'read the link'),
      ...['lock ptl', ...merge, ...merge, 'drop the link', 'drop the link', 'unlock ptl'],
      ...['unlock page_table_lock', 'free frame'],
    ];
    const from = shorts(taken).indexOf('synchronize_rcu is over') + 1;
    const expected = [...freed(2), ...freed(1)];
    same(taken.slice(from, from + expected.length), expected);
    expect([0, 1].map((i) => read(rig, 'entries', i, third) & ENTRY_D)).toEqual([ENTRY_D, ENTRY_D]);
    expect([...links(rig, 'frame.link', tables), ...links(rig, 'frame.behind', tables)]).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
  });
});

describe('freeMergeLock: an old table is merged before it is freed', () => {
  const merge = ['read A and D', 'or A and D into pte'];
  const bits = ['lock ptl', ...merge, ...merge, 'drop the link', 'drop the link', 'unlock ptl'];

  it.each([
    ['ptl', ['read the link', ...bits]],
    ['page-table-lock', ['lock page_table_lock', 'read the link', ...bits, 'unlock page_table_lock']],
  ] as const)('%s: what is held when the link is read', (freeMergeLock, steps) => {
    const design = { ...limbo, freeMergeLock, linkShape: 'both-ways' as const };
    const taken = driveAll(rigOf(scenarioOn({}, [userOn(0), moverOn(1, 1)]), design), 'cpu1');
    same(between(taken, 'synchronize_rcu is over', 'free frame'), steps);
  });

  it('irqs=off: interrupts are off while page_table_lock is held there too', () => {
    const design = { ...limbo, irqs: 'off' as const };
    const taken = driveAll(rigOf(scenarioOn({}, [userOn(0), moverOn(1, 1)]), design), 'cpu1');
    const steps = shorts(between(taken, 'synchronize_rcu is over', 'free frame'));
    expect([steps.at(0), steps.at(-1)]).toEqual(['disable interrupts', 'restore interrupts']);
  });

  it('one lock for all: without split locks the ptl is page_table_lock, and is not taken twice', () => {
    const scenario = scenarioOn({ splitLocks: false }, [userOn(0), moverOn(1, 1)]);
    const taken = driveAll(rigOf(scenario, limbo), 'cpu1');
    const steps = shorts(between(taken, 'synchronize_rcu is over', 'free frame'));
    expect(steps.filter((label) => label.startsWith('lock'))).toEqual(['lock page_table_lock']);
    expect(brokenBy(taken)).toEqual([]);
  });
});

describe('linkLevels: a PMD table that maps a huge page moves', () => {
  /** Scenario `huge`, the relocation alone. */
  function mover(): Scenario {
    const huge = scenarioOf('huge');
    if (huge === null) throw new Error('no scenario huge');
    return { ...huge, threads: huge.threads.map((t) => (t.cpu === 1 ? t : { ...t, actions: [] })) };
  }

  function moved(overrides: Partial<Design>): { rig: Rig; taken: Taken[] } {
    const rig = rigOf(mover(), { ...limbo, ...overrides });
    const old = startTable(rig.scene.world, 0, 1);
    const taken = driveUntil(rig, 'cpu1', /^swing pgd/);
    poke(rig, 'entries', read(rig, 'entries', 1, old) | ENTRY_D, [1, old]);
    return { rig, taken: [...taken, ...driveAll(rig, 'cpu1')] };
  }
  const entry = (rig: Rig, index: number): number =>
    read(rig, 'entries', index, entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd'))));

  it('with-leaf: it is linked, and D of the huge page comes over under page_table_lock, no ptl taken', () => {
    const { rig, taken } = moved({});
    same(between(taken, 'copy pmd', 'swing pgd'), ['copy pmd', 'link', 'link']);
    const merge = ['read A and D', 'or A and D into pmd'];
    const links = ['drop the link', 'drop the link'];
    same(between(taken, 'synchronize_rcu is over', 'free frame'), [
      ...['lock page_table_lock', 'read the link', 'read the link'],
      ...[...merge, ...merge, ...links, 'unlock page_table_lock'],
    ]);
    expect(entry(rig, 1) & ENTRY_D).toBe(ENTRY_D);
    expect(read(rig, 'old.level')).toBe(0);
  });

  it('with-leaf, freeMergeLock=ptl: page_table_lock is held for the bits alone', () => {
    const { taken } = moved({ freeMergeLock: 'ptl' });
    const merge = ['read A and D', 'or A and D into pmd'];
    same(between(taken, 'synchronize_rcu is over', 'free frame'), [
      ...['read the link', 'read the link', 'lock page_table_lock', ...merge, ...merge],
      ...['unlock page_table_lock', 'drop the link', 'drop the link'],
    ]);
  });

  it.each([
    ['leads to a table', (entry: number) => entry],
    ['is empty by now', () => 0],
  ])('with-leaf: an entry that %s gets no bits', (_name, now) => {
    const rig = rigOf(mover(), limbo);
    const old = startTable(rig.scene.world, 0, 1);
    driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
    const fresh = entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd')));
    const expected = now(read(rig, 'entries', 0, fresh) & ~ENTRY_A);
    poke(rig, 'entries', expected, [0, fresh]);
    expect(read(rig, 'entries', 0, old) & ENTRY_A).toBe(ENTRY_A);
    driveAll(rig, 'cpu1');
    expect(read(rig, 'entries', 0, fresh)).toBe(expected);
  });

  it('pte: it is not linked, and D is freed with the old table', () => {
    const { rig, taken } = moved({ linkLevels: 'pte' });
    same(between(taken, 'copy pmd', 'swing pgd'), ['copy pmd']);
    expect(entry(rig, 1) & ENTRY_D).toBe(0);
  });

  it('with-leaf: a PMD table without huge pages is not linked', () => {
    const taken = driveAll(rigOf(scenarioOn({ shape: 'three' }, [userOn(0), moverOn(1, 1)]), limbo), 'cpu1');
    same(between(taken, 'copy pmd', 'swing pgd'), ['copy pmd']);
  });

  it('with-leaf: the PGD of a two-level machine is linked where it maps a 4 MiB page', () => {
    const vas = [{ huge: true }];
    const scenario = scenarioOn({ shape: 'two', vas }, [userOn(0), moverOn(1, 'top')]);
    const taken = driveAll(rigOf(scenario, limbo), 'cpu1');
    same(between(taken, 'copy pgd', 'set pgd'), ['copy pgd', 'link', 'link']);
  });
});

describe('flushBy: a fault finds NEED_FLUSH set', () => {
  it.each([
    ['anyone', true],
    ['relocation', false],
  ] as const)('%s: flushes for the relocation: %s', (flushBy, flushes) => {
    const { rig } = inLimbo({ flushBy }, writes(0), [{ readOnly: true }, {}]);
    driveUntil(rig, 'cpu0', /^flush_tlb_page/);
    const steps = shorts(driveUntil(rig, 'cpu0', /^unlock ptl/));
    expect(steps.includes('test and clear NEED_FLUSH')).toBe(flushes);
    expect(read(rig, 'mm.need_flush')).toBe(flushes ? 0 : 1);
  });
});

describe('flushLoads: the process is flushed while its PGD is in limbo', () => {
  const unmap: Action = { do: 'munmap', mm: 0, vas: [0] };

  it.each([
    ['own-cr3', 'flush_tlb_mm'],
    ['mm-pgd', 'reload_tlb_mm'],
  ] as const)('%s: munmap does %s, here and on the others', (flushLoads, name) => {
    const threads = [userOn(0, unmap), moverOn(1, 'top'), userOn(2)];
    const rig = rigOf(scenarioOn({ vas: [{}], running: [0, 2] }, threads), { ...limbo, flushLoads });
    const old = read(rig, 'mm.pgd');
    driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
    driveUntil(rig, 'cpu0', new RegExp(`^${name}`));
    const taken = driveUntil(rig, 'cpu0', /^all acknowledged/);
    expect(shorts(taken)).toContain(`send IPI ${name}`);
    driveToStop(rig, 'ipi2');
    const expected = flushLoads === 'mm-pgd' ? read(rig, 'mm.pgd') : old;
    expect([read(rig, 'cpu.cr3', 0), read(rig, 'cpu.cr3', 2)]).toEqual([expected, expected]);
    expect(read(rig, 'mm.pgd')).not.toBe(old);
  });

  it.each([
    ['own-cr3', 'flush'],
    ['mm-pgd', 'reload'],
  ] as const)('%s: fork, invalidate-first and NEED_FLUSH ask for a %s', (flushLoads, kind) => {
    const fork = scenarioOf('fork');
    if (fork === null) throw new Error('no scenario fork');
    const forking = rigOf(fork, { ...limbo, flushLoads });
    expect(shorts(driveUntil(forking, 'cpu0', /^up_write|^all acknowledged/))).toContain(
      `send IPI ${kind}_tlb_mm`,
    );
    for (const order of ['limbo', 'invalidate-first'] as const) {
      const rig = rigOf(scenarioOn({}, [userOn(0), moverOn(1, 1)]), { ...limbo, flushLoads, order });
      expect(shorts(driveAll(rig, 'cpu1')), order).toContain(`ipi0 take IPI ${kind}`);
    }
  });
});

describe('unlinkOnFree=under-lock: munmap frees a table that is linked', () => {
  it.each(['chain', 'both-ways'] as const)('%s: the links go while page_table_lock is held', (linkShape) => {
    const { rig, old, fresh } = inLimbo({ linkShape }, { do: 'munmap', mm: 0, vas: [0] });
    driveUntil(rig, 'cpu0', /^read and clear pgd/);
    const taken = driveUntil(rig, 'cpu0', /^reload_tlb_mm/);
    same(taken, ['read and clear pgd', 'drop the links', 'unlock page_table_lock']);
    const fields = ['frame.link', 'frame.behind'];
    expect([old, fresh].flatMap((frame) => fields.map((field) => read(rig, field, frame)))).toEqual([
      0, 0, 0, 0,
    ]);
  });
});
