import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { tlb, walkCache, warmed } from './testing/caches.ts';
import {
  canMove,
  designOf,
  driveAll,
  driveToStop,
  driveUntil,
  lines,
  nextLabel,
  poke,
  read,
  rigOf,
  type Rig,
  stepActor,
  waitText,
} from './testing/rig.ts';
import { moverOn, reads, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';

const design = designOf('2008-05-09');

describe('when an IPI is taken (kernel.md 2.8)', () => {
  /** CPU1 has moved the PTE table and sent its flush to CPU0, which is at the start of its accesses. */
  function pending(...actions: ReturnType<typeof reads>[]): Rig {
    const rig = rigOf(
      scenarioOn({ vas: [{}, {}, { empty: true }] }, [userOn(0, ...actions), moverOn(1, 1)]),
      design,
    );
    driveUntil(rig, 'cpu1', /all acknowledged/);
    return rig;
  }

  it('2.8 not inside an instruction: from the first read of a walk to the data', () => {
    const rig = pending(writes(0), reads(1));
    const takeable = [canMove(rig, 'ipi0', 1)];
    while (!nextLabel(rig, 'cpu0').startsWith('read va1')) {
      stepActor(rig, 'cpu0');
      takeable.push(canMove(rig, 'ipi0', 1));
    }
    expect(takeable).toEqual([true, false, false, false, false, true]);
  });

  it('2.8 the reason why it is not is said in words', () => {
    const rig = pending(writes(0));
    stepActor(rig, 'cpu0');
    expect(waitText(rig, 'ipi0', 1)).toBe('an instruction is under way');
    const calm = rigOf(scenarioOn({}, [userOn(0, reads(0)), moverOn(1, 1)]), design);
    expect(waitText(calm, 'ipi0', 1)).toBe('no IPI is pending');
  });

  it('2.8 not with interrupts off', () => {
    const rig = pending(reads(0));
    poke(rig, 'cpu.irqs_off', 1, [0]);
    expect(canMove(rig, 'ipi0', 1)).toBe(false);
    expect(waitText(rig, 'ipi0', 1)).toBe('interrupts are off');
  });

  it('2.8 taken while the CPU spins for a lock', () => {
    const threads = [userOn(0, reads(1)), moverOn(1, 1)];
    const rig = rigOf(scenarioOn({ vas: [{}, { empty: true }] }, threads), designOf('invalidate-first'));
    driveUntil(rig, 'cpu0', /read pte\[1\].*: empty/);
    driveUntil(rig, 'cpu0', /allocate/);
    driveUntil(rig, 'cpu1', /clear pgd/);
    driveUntil(rig, 'cpu0', /^lock ptl/);
    driveUntil(rig, 'cpu1', /all acknowledged/);
    expect(canMove(rig, 'cpu0')).toBe(false);
    expect(waitText(rig, 'cpu0')).toMatch(/held by CPU1/);
    expect(canMove(rig, 'ipi0', 1)).toBe(true);
  });

  it('while the handler runs the thread of its CPU does not', () => {
    const rig = pending(reads(0));
    stepActor(rig, 'ipi0');
    expect(canMove(rig, 'cpu0')).toBe(false);
    expect(waitText(rig, 'cpu0')).toMatch(/CPU0 is in its interrupt handler/);
    driveToStop(rig, 'ipi0');
    expect(canMove(rig, 'cpu0')).toBe(true);
  });

  it('the sender waits until every CPU of the mask has acknowledged, the mask read once', () => {
    const threads = [userOn(0, reads(0)), moverOn(1, 1), userOn(2, reads(1))];
    const rig = rigOf(scenarioOn({ running: [0, 2] }, threads), design);
    driveUntil(rig, 'cpu1', /all acknowledged/);
    expect(waitText(rig, 'cpu1')).toBe('waits for acknowledgements from CPU0, CPU2');
    driveToStop(rig, 'ipi2');
    expect(canMove(rig, 'cpu1')).toBe(false);
    driveToStop(rig, 'ipi0');
    expect(canMove(rig, 'cpu1')).toBe(true);
  });

  it('a CPU that runs another process by now acknowledges without a flush', () => {
    const rig = pending(reads(0));
    driveUntil(rig, 'cpu0', /read from/);
    stepActor(rig, 'cpu0');
    poke(rig, 'cpu.mm', 0, [0]);
    const kept = tlb(rig);
    expect(lines(driveToStop(rig, 'ipi0'))).toEqual([
      'ipi-take: take IPI flush from CPU1',
      'ipi-ack: acknowledge the IPI of CPU1',
    ]);
    expect(tlb(rig)).toEqual(kept);
  });
});

describe('speculative walks (kernel.md 2.7, 2.8)', () => {
  const speculation = { cpu: 0, walks: 2 };
  const spec = (...more: ReturnType<typeof moverOn>[]): Rig =>
    rigOf(
      scenarioOn({ shape: 'three', vas: [{}, { empty: true }] }, [userOn(0, reads(0)), ...more], {
        speculation,
      }),
      design,
    );

  it('2.7 at any moment, for any va: fills TLB and walk caches with what it finds', () => {
    const rig = spec(moverOn(1, 2));
    stepActor(rig, 'spec0', 0);
    driveUntil(rig, 'spec0', /start a speculative/);
    expect(at(tlb(rig), 0)).not.toBe(0);
    expect(walkCache(rig)).not.toContain(0);
  });

  it('2.5 what is not present is never cached, but the entries above it are; and no fault is raised', () => {
    const rig = spec(moverOn(1, 2));
    stepActor(rig, 'spec0', 1);
    driveUntil(rig, 'spec0', /start a speculative/);
    expect(tlb(rig)).toEqual([0, 0]);
    expect(walkCache(rig)).not.toContain(0);
    expect(nextLabel(rig, 'cpu0')).toMatch(/^read va0/);
  });

  it('2.7 no more often than the scenario allows, and not on the kernel’s own table', () => {
    const rig = spec(moverOn(1, 2));
    poke(rig, 'cpu.cr3', 0);
    expect(canMove(rig, 'spec0', 0)).toBe(false);
    poke(rig, 'cpu.cr3', startTable(rig.scene.world, 0, 0));
    driveToStop(rig, 'spec0');
    expect(read(rig, 'spec0.walks')).toBe(2);
    expect(canMove(rig, 'spec0', 0)).toBe(false);
  });

  it.each([1, 2, 3])(
    '2.8 a flush throws away a walk under way after %i steps, with all it would have cached',
    (steps) => {
      const rig = spec(moverOn(1, 2));
      driveUntil(rig, 'cpu1', /all acknowledged/);
      stepActor(rig, 'spec0', 0);
      for (let i = 1; i < steps; i++) stepActor(rig, 'spec0');
      driveToStop(rig, 'ipi0');
      expect(nextLabel(rig, 'spec0')).toMatch(/start a speculative/);
      expect([...tlb(rig), ...walkCache(rig)].every((word) => word === 0)).toBe(true);
      for (const local of ['va', 'walk_table', 'walk_entry']) expect(read(rig, `spec0.${local}`)).toBe(0);
    },
  );

  it('2.8 the CPU’s own INVLPG throws it away too', () => {
    const threads = [userOn(0, writes(0))];
    const world = { shape: 'three' as const, vas: [{ readOnly: true }, {}] };
    const rig = rigOf(scenarioOn(world, threads, { speculation }), design);
    driveUntil(rig, 'cpu0', /flush_tlb_page\(va0\) on this CPU/);
    stepActor(rig, 'spec0', 1);
    stepActor(rig, 'spec0');
    stepActor(rig, 'cpu0');
    expect(nextLabel(rig, 'spec0')).toMatch(/start a speculative/);
    expect(walkCache(rig).every((frame) => frame === 0)).toBe(true);
  });
});

describe('lazy TLB (kernel.md 2.9)', () => {
  it('2.9 a lazy CPU leaves the mm on a flush IPI: first its bit in cpu_vm_mask, then the kernel’s CR3', () => {
    const rig = warmed(2);
    poke(rig, 'cpu.lazy', 1, [0]);
    driveUntil(rig, 'cpu1', /all acknowledged/);
    const cached = tlb(rig);
    stepActor(rig, 'ipi0');
    expect(tlb(rig)).toEqual(cached);
    expect(lines([stepActor(rig, 'ipi0')])).toEqual(['mask: clear CPU0 in cpu_vm_mask']);
    expect(read(rig, 'mm.cpu_vm_mask')).toBe(0);
    expect(read(rig, 'cpu.cr3')).not.toBe(0);
    expect(stepActor(rig, 'ipi0').tag).toBe('cr3');
    expect(read(rig, 'cpu.cr3')).toBe(0);
    expect(tlb(rig)).toEqual([0, 0, 0]);
    expect(stepActor(rig, 'ipi0').tag).toBe('ipi-ack');
  });

  it('2.9 it gets no further IPIs for the process', () => {
    const rig = warmed(2);
    poke(rig, 'cpu.lazy', 1, [0]);
    poke(rig, 'mm.cpu_vm_mask', 0);
    const taken = lines(driveAll(rig, 'cpu1'));
    expect(taken.filter((line) => line.startsWith('ipi-'))).toEqual([]);
  });
});
