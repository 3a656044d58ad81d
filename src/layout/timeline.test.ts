import { describe, expect, it } from 'vitest';
import { gathered } from '../worker/gathering.ts';
import { columnX, momentAt, scaleOf, stepAt, ticks, timelineCapacity } from './timeline.ts';
import { gatherArrows } from './timeline-ipis.ts';
import { MARK_KINDS } from './timeline-kinds.ts';
import { gatherMarks, shape } from './timeline-marks.ts';

const timelineScale = (length: number, widthPx: number) =>
  scaleOf(timelineCapacity(length, widthPx), widthPx);

describe('the scale of the timeline', () => {
  it('leaves marks where they are while a run gets longer, until it is full', () => {
    const first = timelineScale(0, 1400);
    expect(timelineScale(first.capacity, 1400)).toEqual(first);
    expect(timelineScale(first.capacity + 1, 1400).columnPx).toBe(first.columnPx / 2);
  });

  it.each([0, 1, 137, 100_000])('holds %i steps in any width', (length) => {
    for (const width of [0, 1, 300, 1400]) {
      const scale = timelineScale(length, width);
      expect(columnX(scale, length)).toBeLessThanOrEqual(scale.widthPx + 1e-6);
    }
  });

  it('finds the step and the moment under a point', () => {
    const scale = timelineScale(10, 700);
    for (let index = 0; index < 10; index++) {
      const x = columnX(scale, index) + scale.columnPx / 2;
      expect(stepAt(scale, x, 10)).toBe(index);
      expect(momentAt(scale, x, 10)).toBe(index + 1);
    }
    expect([stepAt(scale, -1, 10), stepAt(scale, 690, 10)]).toEqual([null, null]);
    expect([momentAt(scale, -5, 10), momentAt(scale, 690, 10)]).toEqual([0, 10]);
  });

  it('labels round numbers that have room', () => {
    const scale = timelineScale(150, 1400);
    expect(ticks(scale, 50).slice(0, 4)).toEqual([0, 10, 20, 30]);
    const long = timelineScale(100_000, 1400);
    const [, second = 0] = ticks(long, 50);
    expect(columnX(long, second)).toBeGreaterThanOrEqual(50);
  });
});

describe('the marks of the timeline', () => {
  const steps = Array.from({ length: 100_000 }, (_, index) => ({
    index,
    actor: index % 4,
    tag: index === 77_777 ? 'free' : 'read',
  }));

  it('stay few however long the run, and keep what matters', () => {
    const paths = gathered(() => gatherMarks({ scale: timelineScale(steps.length, 1400), lanePx: 18 }))(
      steps,
    );
    const count = (kind: string) => paths.find((p) => p.kind === kind)?.path.match(/M/g)?.length ?? 0;
    expect(count('read')).toBeLessThanOrEqual((1400 / 3) * 4);
    expect(count('free')).toBe(2);
  });

  it('are one for each step while there is room', () => {
    const few = steps.slice(0, 150);
    const [reads] = gathered(() => gatherMarks({ scale: timelineScale(150, 1400), lanePx: 18 }))(few);
    expect(reads?.path.match(/M/g)).toHaveLength(150);
  });

  it('differ in shape from kind to kind', () => {
    const shapes = MARK_KINDS.map((kind) => shape(kind, { x: 10, y: 10, w: 8, h: 14 }));
    expect(new Set(shapes).size).toBe(MARK_KINDS.length);
  });
});

describe('the arrows of IPIs', () => {
  it('lead from sender to taker and back', () => {
    const steps = [
      { index: 4, actor: 1, tag: 'ipi-send', label: 'send IPI flush_tlb_mm(mm) to CPU0' },
      { index: 6, actor: 2, tag: 'ipi-take', label: 'take IPI flush from CPU1' },
      { index: 9, actor: 2, tag: 'ipi-ack', label: 'acknowledge the IPI of CPU1' },
    ];
    const cpus = [0, 1, 0, 1];
    expect(gathered(() => gatherArrows((actor) => cpus[actor] ?? -1))(steps)).toEqual([
      { kind: 'ipi', fromStep: 4, fromActor: 1, toStep: 6, toActor: 2 },
      { kind: 'ack', fromStep: 9, fromActor: 2, toStep: 9, toActor: 1 },
    ]);
  });
});
