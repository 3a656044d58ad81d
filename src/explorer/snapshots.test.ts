import { describe, expect, it } from 'vitest';
import { CHUNK_WORDS, noteWrites } from './chunks.ts';
import { createSnapshots, forgetAfter, nearest, noteStep, restore, type Snapshots } from './snapshots.ts';

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

  it('share the chunks that were not written since the one before', () => {
    const words = new Int32Array(5 * CHUNK_WORDS - 7);
    const snapshots = createSnapshots(words, 1);
    write(snapshots, words, [2 * CHUNK_WORDS]);
    noteStep(snapshots, 1, words);
    const [first, second] = snapshots.taken;
    const shared = second?.chunks.map((chunk, i) => chunk === first?.chunks[i]);
    expect(shared).toEqual([true, true, false, true, true]);
  });

  it('keep the state of their moment, whatever is written afterwards', () => {
    const words = Int32Array.from({ length: WORDS }, (_, i) => i);
    const snapshots = createSnapshots(words, 1);
    const first = words.slice();
    write(snapshots, words, [0, 1, 700, WORDS - 1]);
    const second = words.slice();
    noteStep(snapshots, 1, words);
    write(snapshots, words, [1, 3000]);
    restore(snapshots, nearest(snapshots, 0), words);
    expect(words).toEqual(first);
    restore(snapshots, nearest(snapshots, 1), words);
    expect(words).toEqual(second);
  });
});

/** Changes words and notes it, as a run does. */
function write({ chunks }: Snapshots, words: Int32Array, offsets: readonly number[]): void {
  for (const offset of offsets) words[offset] = -1 - (words[offset] ?? 0);
  noteWrites(chunks, Int32Array.from(offsets), { from: 0, to: offsets.length });
}
