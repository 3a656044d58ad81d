import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  CHUNK_WORDS,
  copyChunks,
  countOthers,
  createChunks,
  noteWrites,
  putChunks,
  putWords,
  takeTouched,
} from './chunks.ts';

const WORDS = 3 * CHUNK_WORDS + 17;

it('what was touched, put into an older copy of the state, gives the state of now', () => {
  const offsets = fc.array(fc.nat(WORDS - 1), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(offsets, { minLength: 1, maxLength: 5 }), (rounds) => {
      const words = Int32Array.from({ length: WORDS }, (_, i) => i);
      const copy = words.slice();
      const chunks = createChunks(words);
      for (const round of rounds) {
        for (const offset of round) words[offset] = 1 + (words[offset] ?? 0);
        noteWrites(chunks, Int32Array.from(round), { from: 0, to: round.length });
        const taken = takeTouched(chunks, words);
        expect(new Set(taken.chunks)).toEqual(
          new Set(round.map((offset) => Math.floor(offset / CHUNK_WORDS))),
        );
        putWords(taken, copy);
        expect(copy).toEqual(words);
      }
    }),
    { numRuns: 12 },
  );
});

it('copies put back give their state, and only chunks that differ are touched', () => {
  const words = Int32Array.from({ length: WORDS }, (_, i) => i);
  const chunks = createChunks(words);
  const [before, copies] = [words.slice(), copyChunks(chunks, words)];
  expect(countOthers(chunks, copies)).toBe(0);
  words[WORDS - 1] = -1;
  noteWrites(chunks, Int32Array.of(5, WORDS - 1), { from: 1, to: 2 });
  expect(countOthers(chunks, copies)).toBe(1);
  takeTouched(chunks, words);
  putChunks(chunks, copies, words);
  expect(words).toEqual(before);
  expect([...takeTouched(chunks, words).chunks]).toEqual([3]);
});
