import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { ENTRY_W, entryFrame } from '../machine/entry.ts';
import { slotsOf, tlb, walkCache, warmed } from './testing/caches.ts';
import {
  designOf,
  driveToStop,
  driveUntil,
  lines,
  nextLabel,
  poke,
  read,
  rigOf,
  stepActor,
} from './testing/rig.ts';
import { moverOn, reads, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';

const design = designOf('2008-05-09');

describe('a page fault in the CPU (kernel.md 2.6)', () => {
  it('2.6 drops the TLB entry of its va and the walk-cache entries on its way, and no others', () => {
    const threads = [userOn(0, reads(0), reads(2))];
    const rig = rigOf(scenarioOn({ shape: 'three', vas: [{}, {}, { empty: true }] }, threads), design);
    driveUntil(rig, 'cpu0', /read va2/);
    const [pgdSlot = -1, pmdSlot = -1] = at(slotsOf(rig).walk, 0);
    const before = walkCache(rig);
    driveUntil(rig, 'cpu0', /down_read/);
    expect(at(tlb(rig), 0)).not.toBe(0);
    expect(read(rig, 'cpu.walk_cache', pgdSlot)).toBe(0);
    expect(read(rig, 'cpu.walk_cache', pmdSlot)).toBe(at(before, pmdSlot));
    expect(at(before, pmdSlot)).not.toBe(0);
  });

  it('2.6 so that the access is tried again with a walk from CR3', () => {
    const rig = rigOf(
      scenarioOn({ shape: 'three', vas: [{}, { empty: true }] }, [userOn(0, reads(0), reads(1))]),
      design,
    );
    const taken = lines(driveUntil(rig, 'cpu0', /read from .* for va1/));
    const afterFault = taken.slice(taken.findIndex((line) => line.includes('up_read')));
    expect(afterFault[2]).toMatch(/^walk: walk: read pgd\[0\]/);
  });
});

describe('INVLPG and MOV CR3 (kernel.md 2.6)', () => {
  it('2.6 INVLPG drops the TLB entry of one va and every walk-cache entry', () => {
    const rig = warmed(writes(0));
    expect([...tlb(rig), ...walkCache(rig)]).not.toContain(0);
    const [, one, two] = tlb(rig);
    driveUntil(rig, 'cpu1', /all acknowledged flush_tlb_page/);
    driveToStop(rig, 'ipi0');
    expect(tlb(rig)).toEqual([0, one, two]);
    expect(walkCache(rig).every((frame) => frame === 0)).toBe(true);
  });

  it('2.6 the CPU that changes the entry does the same to itself, before it asks the others', () => {
    const rig = warmed(writes(0));
    driveUntil(rig, 'cpu1', /flush_tlb_page\(va0\) on this CPU/);
    poke(rig, 'cpu.tlb', 7, [0, 1]);
    poke(rig, 'cpu.tlb', 9, [1, 1]);
    poke(rig, 'cpu.walk_cache', 2, [0, 1]);
    stepActor(rig, 'cpu1');
    expect(tlb(rig, 1)).toEqual([0, 9, 0]);
    expect(walkCache(rig, 1).every((frame) => frame === 0)).toBe(true);
    expect(nextLabel(rig, 'cpu1')).toMatch(/read cpu_vm_mask/);
  });

  it.each(['top', 2] as const)('2.6 MOV CR3 drops all: relocation of %s', (what) => {
    const rig = warmed(what);
    driveUntil(rig, 'cpu1', /all acknowledged/);
    driveToStop(rig, 'ipi0');
    expect([...tlb(rig), ...walkCache(rig)].every((word) => word === 0)).toBe(true);
  });

  it('a flush loads the same CR3 again, a reload the one that mm.pgd has now', () => {
    const [flush, reload] = [warmed(2), warmed('top')];
    const pgd = startTable(flush.scene.world, 0, 0);
    for (const rig of [flush, reload]) {
      driveUntil(rig, 'cpu1', /all acknowledged/);
      driveToStop(rig, 'ipi0');
    }
    expect(read(flush, 'cpu.cr3')).toBe(pgd);
    expect(read(reload, 'cpu.cr3')).toBe(read(reload, 'mm.pgd'));
    expect(read(reload, 'cpu.cr3')).not.toBe(pgd);
  });

  it('2.6 PAE: MOV CR3 with the same value loads the four registers anew', () => {
    const threads = [userOn(0, reads(0), reads(0)), moverOn(1, 1)];
    const rig = rigOf(scenarioOn({ shape: 'pae' }, threads), design);
    const old = read(rig, 'cpu.pdpte', 0, 0);
    driveUntil(rig, 'cpu1', /test and clear NEED_RELOAD/);
    expect(read(rig, 'cpu.pdpte', 0, 0)).toBe(old);
    driveUntil(rig, 'cpu1', /all acknowledged/);
    driveToStop(rig, 'ipi0');
    const pgd = startTable(rig.scene.world, 0, 0);
    expect(read(rig, 'cpu.pdpte', 0, 0)).toBe(read(rig, 'entries', 0, pgd));
    expect(entryFrame(read(rig, 'cpu.pdpte', 0, 0))).not.toBe(entryFrame(old));
    expect(read(rig, 'cpu.cr3')).toBe(pgd);
  });
});

describe('who is asked to flush', () => {
  it('2.9 a CPU is in cpu_vm_mask while it may cache the process: switchMm clears, then sets the bit', () => {
    const threads = [moverOn(0, 2), userOn(1, reads(0))];
    const rig = rigOf(
      scenarioOn({ shape: 'three', running: [0] }, threads),
      designOf('2008-05-09', { switchMm: 'yes' }),
    );
    const tags = (last: RegExp): string[] =>
      lines(driveUntil(rig, 'cpu0', last)).filter((l) => /^(mask|cr3)/.test(l));
    expect(tags(/may sleep/)).toEqual(['mask: clear CPU0 in cpu_vm_mask of mm', 'cr3: load init_mm’s CR3']);
    expect(read(rig, 'mm.cpu_vm_mask')).toBe(0);
    expect(read(rig, 'entries', 0, startTable(rig.scene.world, 0, 2)) & ENTRY_W).toBe(ENTRY_W);
    expect(tags(/^$/)).toEqual(['mask: set CPU0 in cpu_vm_mask of mm', 'cr3: load CR3 of mm']);
    expect(read(rig, 'mm.cpu_vm_mask')).toBe(1);
  });

  it('2.9 switchOrder=clear-last clears the bit after the load', () => {
    const threads = [moverOn(0, 2), userOn(1, reads(0))];
    const late = designOf('2008-05-09', { switchOrder: 'clear-last' });
    const rig = rigOf(scenarioOn({ shape: 'three' }, threads), late);
    const taken = lines(driveUntil(rig, 'cpu0', /may sleep/)).filter((l) => /^(mask|cr3)/.test(l));
    expect(taken).toEqual(['cr3: load init_mm’s CR3', 'mask: clear CPU0 in cpu_vm_mask of mm']);
  });
});
