import { describe, expect, it } from 'vitest';
import { createSnapshots, forgetAfter, nearest, noteStep, restore } from './snapshots.ts';

const WORDS = 5000;

describe('snapshots', () => {
  it('are taken when they are due, and the nearest at or before a moment is found', () => {
    const snapshots = createSnapshots(new Int32Array(3), 10);
    for (let step = 1; step <= 35; step++) noteStep(snapshots, step, new Int32Array(3));
    expect(snapshots.taken.map(({ step }) => step)).toEqual([0, 10, 20, 30]);
    expect([0, 9, 10, 29, 35].map((step) => nearest(snapshots, step).step)).toEqual([0, 0, 10, 20, 30]);
    forgetAfter(snapshots, 20);
    expect(snapshots.taken.map(({ step }) => step)).toEqual([0, 10, 20]);
  });

  it('share the chunks that did not change since the one before', () => {
    const words = new Int32Array(WORDS);
    const snapshots = createSnapshots(words, 1);
    words[2500] = 1;
    noteStep(snapshots, 1, words);
    const [first, second] = snapshots.taken;
    const shared = second?.chunks.map((chunk, i) => chunk === first?.chunks[i]);
    expect(shared).toEqual([true, true, false, true, true]);
  });

  it('keep the state of their moment, whatever happens to the words afterwards', () => {
    const words = Int32Array.from({ length: WORDS }, (_, i) => i);
    const snapshots = createSnapshots(words, 1);
    const before = words.slice();
    words.fill(-1);
    noteStep(snapshots, 1, words);
    const target = new Int32Array(WORDS);
    restore(nearest(snapshots, 0), target);
    expect(target).toEqual(before);
    restore(nearest(snapshots, 1), target);
    expect(target).toEqual(words);
  });
});
