import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import {
  cpusOf,
  cpuState,
  currentLeaf,
  frameState,
  isOldTable,
  kindOf,
  localsOf,
  mmState,
  threadPointers,
} from '../machine/decode.ts';
import {
  ENTRY_D,
  entryFrame,
  ENTRY_LEAF,
  ENTRY_P,
  ENTRY_SWAP,
  makeEntry,
  MAX_FRAME,
} from '../machine/entry.ts';
import { elementText, valueText } from '../machine/field-words.ts';
import { entryText, frameText, pfnText, pieceText } from '../machine/words.ts';
import { warmed } from './testing/caches.ts';
import { designOf, driveUntil, poke, read, rigOf, type Rig, stepActor } from './testing/rig.ts';
import { moverOn, reads, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';

/** What a view reads of a state must be what the state says. */
const limboed = (): Rig => {
  const rig = warmed(2);
  driveUntil(rig, 'cpu1', /all acknowledged/);
  return rig;
};

describe('a CPU as it is read from a state', () => {
  it('has its mode, its process and its CR3, which is stale once its table is old', () => {
    const rig = limboed();
    const calm = cpuState(rig.scene, 0);
    expect([calm.cr3, calm.cr3Stale, calm.mm, calm.lazy]).toEqual([read(rig, 'mm.pgd'), false, 0, false]);
    expect([calm.irqsOff, calm.inKernel, cpuState(rig.scene, 1).inKernel]).toEqual([false, false, true]);
    expect(cpuState(rig.scene, 1).mm).toBe(-1);
    for (const [field, value] of [
      ['cpu.lazy', 1],
      ['cpu.irqs_off', 1],
      ['cpu.kernel', 1],
    ] as const)
      poke(rig, field, value);
    poke(rig, 'frame.kind', 3, [calm.cr3]);
    const changed = cpuState(rig.scene, 0);
    expect([changed.lazy, changed.irqsOff, changed.inKernel, changed.cr3Stale]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    poke(rig, 'cpu.cr3', 0);
    expect(cpuState(rig.scene, 0).cr3Stale).toBe(false);
  });

  it('says who waits for whom: the IPI that is pending, its kind, and the acknowledgement that is awaited', () => {
    const rig = limboed();
    expect(cpuState(rig.scene, 0).pending).toEqual([{ from: 1, kind: 'flush' }]);
    expect([cpuState(rig.scene, 1).awaiting, cpuState(rig.scene, 0).awaiting]).toEqual([[0], []]);
    expect(cpuState(rig.scene, 1).pending).toEqual([]);
  });

  it('a walk-cache entry is stale where its table is in limbo; a TLB entry where the tree leads to another page', () => {
    const rig = limboed();
    const old = startTable(rig.scene.world, 0, 2);
    const stale = cpuState(rig.scene, 0).walkCache.filter((entry) => entry.stale);
    expect(stale.map(({ frame, name, level, prefix }) => [frame, name, level, prefix])).toEqual([
      [old, 'PDE', 1, [0, 0]],
    ]);
    expect(cpuState(rig.scene, 0).tlb.map((entry) => [entry.vas, entry.stale])).toEqual([
      [[0], false],
      [[1], false],
      [[2], false],
    ]);
    const next = (table: number): number => entryFrame(read(rig, 'entries', 0, table));
    const current = next(next(read(rig, 'mm.pgd')));
    const now = read(rig, 'entries', 0, current);
    poke(rig, 'entries', now + 64, [0, current]);
    expect(cpuState(rig.scene, 0).tlb.map((entry) => entry.stale)).toEqual([true, false, false]);
    poke(rig, 'entries', now & ~ENTRY_P, [0, current]);
    expect(at(cpuState(rig.scene, 0).tlb, 0).stale).toBe(true);
  });

  it('PAE has four registers, other machines none', () => {
    const pae = rigOf(scenarioOn({ shape: 'pae' }, [userOn(0, reads(0))]), designOf('2008-05-09'));
    const pgd = read(pae, 'mm.pgd');
    const registers = [0, 1, 2, 3].map((i) => read(pae, 'entries', i, pgd));
    expect(cpuState(pae.scene, 0).pdptes).toEqual(registers);
    poke(pae, 'cpu.pdpte', 65, [3, 0]);
    expect(cpuState(pae.scene, 0).pdptes).toEqual([...registers.slice(0, 3), 65]);
    expect(cpuState(limboed().scene, 0).pdptes).toEqual([]);
  });

  it('a mask becomes the list of its CPUs, up to the thirty-first', () => {
    expect([cpusOf(0), cpusOf(0b101), cpusOf(1 << 30)]).toEqual([[], [0, 2], [30]]);
  });
});

describe('a process and its frames', () => {
  it('locks are read as CPU numbers, -1 for nobody; flags and masks as they are', () => {
    const rig = rigOf(scenarioOn({}, [userOn(0, writes(0)), moverOn(1, 1)]), designOf('2008-05-09'));
    driveUntil(rig, 'cpu1', /^unlock ptl/);
    const mm = mmState(rig.scene, 0);
    expect([mm.pageTableLock, mm.relocationMutex, mm.mmapSemWriter, mm.mmapSemReaders]).toEqual([
      1,
      1,
      -1,
      [],
    ]);
    expect([mm.mark, mm.needFlush, mm.needReload, mm.cpuVmMask, mm.pgd]).toEqual([
      1,
      true,
      false,
      [0],
      read(rig, 'mm.pgd'),
    ]);
    const old = startTable(rig.scene.world, 0, 1);
    const state = frameState(rig.scene, old);
    expect([state.kind, state.ptl, state.node, state.dirty]).toEqual(['limbo', 1, 0, false]);
    expect(frameState(rig.scene, state.link)).toMatchObject({
      kind: 'table',
      ptl: -1,
      node: 1,
      link: old,
      pfn: 101,
    });
    expect(
      ['limbo', 'freed-table', 'unlinked', 'table', 'data'].map((kind) => isOldTable(kind as 'limbo')),
    ).toEqual([...[true, true, true, false, false]]);
  });

  it('a page of data has PG_dirty and no lock', () => {
    const rig = rigOf(
      scenarioOn({ vas: [{ dirty: true }, {}] }, [userOn(0, reads(0))]),
      designOf('2008-05-09'),
    );
    const pages = [0, 1].map((va) => currentLeaf(rig.scene, 0, va) >> 6);
    expect(pages.map((page) => frameState(rig.scene, page))).toMatchObject([
      { kind: 'data', dirty: true, ptl: -1, link: 0 },
      { kind: 'data', dirty: false, ptl: -1, link: 0 },
    ]);
    expect(kindOf(rig.scene, at(pages, 0))).toBe('data');
  });

  it('the leaf is 0 where the way is cut', () => {
    const rig = limboed();
    expect(currentLeaf(rig.scene, 0, 0)).not.toBe(0);
    poke(rig, 'entries', 64 * 3, [0, read(rig, 'mm.pgd')]);
    expect(currentLeaf(rig.scene, 0, 0)).toBe(0);
  });
});

describe('what a thread holds', () => {
  it('pointers are the table locals that are set, by thread and name; locals say how to show themselves', () => {
    const rig = rigOf(scenarioOn({}, [userOn(0, reads(0)), moverOn(1, 1)]), designOf('2008-05-09'));
    expect(threadPointers(rig.scene)).toEqual([]);
    driveUntil(rig, 'cpu1', /^copy pte\[1\]/);
    const held = threadPointers(rig.scene);
    const old = startTable(rig.scene.world, 0, 1);
    expect(held).toContainEqual({ thread: 'cpu1', name: 'rel_old', frame: old });
    expect(held.every(({ thread, frame }) => thread === 'cpu1' && frame !== 0)).toBe(true);
    const { locals } = at(rig.built.model.actors, 1).program;
    const shown = localsOf(rig.scene, locals);
    expect(shown).toContainEqual({
      field: 'cpu1.rel_old_table',
      name: 'rel_old_table',
      value: old,
      as: 'frame',
    });
    expect(shown).toContainEqual({ field: 'cpu1.copied', name: 'copied', value: 1, as: 'number' });
    stepActor(rig, 'cpu0');
    driveUntil(rig, 'cpu0', /^walk: read pte/);
    stepActor(rig, 'cpu0');
    const user = localsOf(rig.scene, at(rig.built.model.actors, 0).program.locals);
    expect(user.filter(({ as }) => as !== 'number').map(({ as }) => as)).toContain('frame');
    expect(shown.some(({ value }) => value === 0)).toBe(false);
  });
});

describe('values in words', () => {
  const { world } = limboed().scene;

  it('entries: the frame and every flag that is set, or "empty"', () => {
    const all = ENTRY_P | 2 | 4 | ENTRY_D | ENTRY_LEAF | ENTRY_SWAP;
    expect(entryText(world, makeEntry(1, all))).toBe('frame 1 P W A D huge swap');
    expect(entryText(world, makeEntry(1, ENTRY_P))).toBe('frame 1 P');
    expect(entryText(world, 0)).toBe('empty');
    expect([frameText(world, 0), frameText(world, 1), frameText(world, 99_999)]).toEqual([
      ...['no frame', 'frame 1', 'frame id 99999'],
    ]);
    expect([pfnText(9999), pfnText(10_000)]).toEqual(['9999', '0x2710']);
  });

  it.each([
    ['frame', 1, 'frame 1'],
    ['entry', 65, 'frame 1 P'],
    ['owner', 0, 'nobody'],
    ['owner', 2, 'CPU1'],
    ['mask', 0, 'nobody'],
    ['mask', 5, 'CPU0, CPU2'],
    ['mask', 1 << 30, 'CPU30'],
    ['hit', 1, 'hit'],
    ['hit', 0, 'miss'],
    ['flag', 1, 'set'],
    ['flag', 0, 'not set'],
    ['ipi', 1, 'flush'],
    ['no-ipi', 0, 'no IPI is pending'],
    ['speculative-va', 1, 'va1'],
    ['speculative-va', 77, 'an address'],
    ['number', 12, '12'],
  ])('%s %i is %s', (as, value, words) => {
    expect(pieceText(world, { value, as })).toBe(words);
  });

  it('plain text stays as it is, and frames that do not fit an entry are refused', () => {
    expect(pieceText(world, 'plain')).toBe('plain');
    expect(makeEntry(MAX_FRAME, 63)).toBe(2 ** 31 - 1);
    expect(() => makeEntry(MAX_FRAME + 1, 0)).toThrow('does not fit');
    expect(() => makeEntry(-1, 0)).toThrow('does not fit');
    expect(makeEntry(0, 0)).toBe(0);
  });
});

describe('values and elements of the state in words', () => {
  const { world } = limboed().scene;

  it.each([
    ['entries', 65, 'frame 1 P'],
    ['cpu0.walk_entry', 65, 'frame 1 P'],
    ['cpu.cr3', 1, 'frame 1'],
    ['cpu0.walk_table', 1, 'frame 1'],
    ['cpu0.data_page', 0, 'no frame'],
    ['frame.ptl', 2, 'CPU1'],
    ['mm.cpu_vm_mask', 3, 'CPU0, CPU1'],
    ['frame.kind', 3, 'limbo'],
    ['ipi.kind', 2, 'reload'],
    ['cpu.mm', 1, 'mm'],
    ['cpu.mm', 0, 'none'],
    ['mm.rewalk', 2, '2'],
    ['cpu1.targets', 3, 'CPU0, CPU1'],
    ['ipi0.from', 2, 'CPU1'],
  ])('%s = %i is %s', (field, value, words) => {
    expect(valueText(world, field, value)).toBe(words);
  });

  it.each([
    ['entries', 1, 1, 'entry 1 of frame 1'],
    ['frame.ptl', 0, 1, 'ptl of frame 1'],
    ['ghost.newer', 0, 1, 'newer of frame 1'],
    ['ghost.replaced', 0, 1, 'replaced of frame 1'],
    ['mm.pgd', 0, 0, 'pgd of mm'],
    ['cpu.tlb', 1, 2, 'tlb[2] of CPU1'],
    ['cpu.cr3', 0, 1, 'cr3 of CPU1'],
    ['ipi.from', 0, 1, 'ipi.from of CPU1'],
    ['rcu.waits_for', 0, 1, 'grace period of CPU1'],
    ['ghost.relocating', 0, 0, 'ghost.relocating'],
    ['old.list', 1, 2, 'old.list[1][2]'],
  ])('%s, row %i, column %i: %s', (field, row, col, words) => {
    expect(elementText(world, field, { row, col })).toBe(words);
  });
});
