import { describe, expect, it } from 'vitest';
import { runInThisContext } from 'node:vm';
import { createRng } from '../lib/rng.ts';
import { fingerprintText } from './fingerprint.ts';
import { addFingerprint, createFingerprintTable, tableBytes } from './fingerprint-table.ts';
import { blockOfNext, createFrontier, nextLevel, pushState, takeNext, waiting } from './frontier.ts';
import { createParentLog, logState, movesTo } from './parent-log.ts';

describe('the table of fingerprints', () => {
  it('knows what was added and nothing else, as a set of strings does, while it grows', () => {
    const table = createFingerprintTable();
    const slow = new Set<string>();
    const rng = createRng(7);
    let wrong = 0;
    for (let i = 0; i < 100_000; i++) {
      // Few values, so that many come again and many share a half.
      const low = (rng.next(2 ** 11) * 2_000_003) | 1;
      const high = (rng.next(2 ** 8) * 16_777_259) | 1;
      const key = `${String(low)} ${String(high)}`;
      if (addFingerprint(table, low, high) === slow.has(key)) wrong += 1;
      slow.add(key);
    }
    expect(wrong).toBe(0);
    expect(table.count).toBe(slow.size);
  });

  it('takes at most 16 bytes a state once it has begun to grow', () => {
    const table = createFingerprintTable();
    const rng = createRng(1);
    for (let i = 0; i < 300_000; i++) {
      addFingerprint(table, rng.next(2 ** 31) | 1, (rng.next(2 ** 31) * 2) | 1);
      if (table.count > 50_000 && table.count % 10_000 === 0)
        expect(tableBytes(table) / table.count).toBeLessThan(16);
    }
  });
});

describe('a fingerprint', () => {
  const text = fingerprintText(5);
  const make = runInThisContext(`(function(B){${text}return [M[0],M[1]];})`) as (
    words: Int32Array,
  ) => readonly [number, number];
  const change = runInThisContext(`(function(B,w,x){${text}B[w]=x;mixed(w);return [M[0],M[1]];})`) as (
    words: Int32Array,
    word: number,
    value: number,
  ) => readonly [number, number];

  it('is the same when a word is changed as when all words are mixed anew', () => {
    const rng = createRng(11);
    for (let i = 0; i < 500; i++) {
      const state = Int32Array.from({ length: 5 }, () => rng.next(2 ** 31));
      const [word, value] = [rng.next(5), rng.next(2 ** 31)];
      const changed = change(state.slice(), word, value);
      state[word] = value;
      expect(make(state)).toEqual(changed);
    }
  });

  it('differs for states that differ in one bit or in the order of their words, in each half', () => {
    const seen = [new Set<number>(), new Set<number>()];
    const states: number[][] = [[0, 0, 0, 0, 0]];
    for (let word = 0; word < 5; word++)
      for (let bit = 0; bit < 32; bit++) states.push([0, 1, 2, 3, 4].map((w) => (w === word ? 1 << bit : 0)));
    for (let i = 0; i < 5; i++) states.push([0, 1, 2, 3, 4].map((w) => (w + i + 1) % 5));
    for (const state of states) make(Int32Array.from(state)).forEach((half, i) => seen[i]?.add(half));
    expect(seen.map(({ size }) => size)).toEqual([states.length, states.length]);
  });

  it('changes half of its bits when one bit changes', () => {
    const rng = createRng(3);
    let changed = 0;
    const rounds = 2000;
    for (let i = 0; i < rounds; i++) {
      const state = Int32Array.from({ length: 5 }, () => rng.next(2 ** 31));
      const before = make(state);
      const word = rng.next(5);
      state[word] = (state[word] ?? 0) ^ (1 << rng.next(32));
      const after = make(state);
      for (const half of [0, 1] as const)
        changed += (before[half] ^ after[half]).toString(2).replaceAll(/[^1]/g, '').length;
    }
    expect(changed / rounds).toBeGreaterThan(28);
    expect(changed / rounds).toBeLessThan(36);
  });
});

describe('the states that wait', () => {
  it('come out in the order in which they went in, a level at a time, in blocks that are used again', () => {
    const frontier = createFrontier(2);
    let wanted = [[1, 10, 11]];
    pushState(frontier, 1, Int32Array.from([10, 11]), 0);
    for (let level = 0; level < 6; level++) {
      expect(nextLevel(frontier)).toBe(true);
      expect(waiting(frontier)).toBe(wanted.length);
      const next: number[][] = [];
      for (const state of wanted) {
        const block = blockOfNext(frontier);
        const place = takeNext(frontier);
        expect([...(block?.subarray(place, place + 3) ?? [])]).toEqual(state);
        for (let i = 0; i < (level < 3 ? 12 : 1); i++) {
          const [id = 0, a = 0] = state;
          next.push([id * 12 + i, a + i, level]);
          pushState(frontier, id * 12 + i, Int32Array.from([0, a + i, level]), 1);
        }
      }
      expect(blockOfNext(frontier)).toBeNull();
      wanted = next;
    }
    expect(frontier.blocks).toBeLessThan(9);
  });
});

describe('the log of parents', () => {
  it('leads back to the first state, across its blocks', () => {
    const log = createParentLog();
    let last = 0;
    for (let i = 0; i < 40_000; i++) last = logState(log, last, (i % 7) * 32 + (i % 3));
    const moves = movesTo(log, last);
    expect(moves).toHaveLength(39_999);
    expect(moves[0]).toEqual({ actor: 1, move: 1 });
    expect(moves.at(-1)).toEqual({ actor: 39_999 % 7, move: 39_999 % 3 });
  });
});
