import { at } from '../lib/at.ts';
import { SUCCESSOR } from './successor.ts';

/** Places to go on from: packed states, and for each who moved last and how it was reached. */
export interface Queue {
  words: Int32Array;
  /** META numbers each: last actor + 1 (0 before the first step), parent's id, action, fingerprint. */
  meta: Int32Array;
  count: number;
}

export const META = 5;

export function createQueue(words: number): Queue {
  return { words: new Int32Array(words * 256), meta: new Int32Array(META * 256), count: 0 };
}

export interface Place {
  readonly last: number;
  readonly parent: number;
}

/** Queues a successor, as the engine wrote it, as a place: the same state after another actor is another place. */
export function push(queue: Queue, successor: Int32Array, { last, parent }: Place): void {
  if ((queue.count + 1) * META > queue.meta.length) {
    const [words, meta] = [new Int32Array(queue.words.length * 2), new Int32Array(queue.meta.length * 2)];
    words.set(queue.words);
    meta.set(queue.meta);
    queue.words = words;
    queue.meta = meta;
  }
  const packed = successor.subarray(SUCCESSOR);
  queue.words.set(packed, queue.count * packed.length);
  const low = at(successor, 0) ^ Math.imul(last, 0x9e3779b1);
  const high = at(successor, 1) ^ Math.imul(last, 0x85ebca6b);
  queue.meta.set([last, parent, at(successor, 2), low || 1, high || 1], queue.count * META);
  queue.count += 1;
}

/** Bytes that it takes now. */
export function queueBytes({ words, meta }: Queue): number {
  return words.byteLength + meta.byteLength;
}
