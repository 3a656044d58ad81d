import { at } from '../lib/at.ts';
import type { Engine, EngineText } from './engine.ts';
import { warm } from './fingerprint-table.ts';
import { comeIn, decide, endWith, growTables, meet, turnLists } from './shared-meeting.ts';
import { BLOCK, DEADLOCK, Ended, type SharedSpace, Word } from './shared-space.ts';
import { addShared, joinSearch, keep, leaveBlock, type Worker } from './shared-worker.ts';
import { OUT_ROOM, SUCCESSOR } from './successor.ts';

/**
 * Several workers search together, a level at a time: each takes blocks of states that wait, expands them, and puts what is new
 * in blocks of the next level. A fingerprint is added by a compare-and-exchange of its first half, so one worker only finds each
 * state new. All meet at the end of a level, so what is found first is shortest.
 *
 * Searches with the others until all is done or a bound is met; blocks the thread where it waits. The worker 0 begins at once, the others are let in
 * at the first meeting after they have come: none of them is waited for.
 */
export function searchTogether(space: SharedSpace, engine: Engine, text: EngineText, index: number): void {
  const w = joinSearch(space, engine, text);
  if (index === 0) begin(w);
  else if (!comeIn(space)) return;
  while (at(space.control, Word.over) === 0) {
    if (at(space.control, Word.growing) === 1) {
      growTables(space);
      meet(space, () => undefined);
    }
    expandBlocks(w);
    leaveBlock(w);
    meet(space, () => decide(space));
  }
}

/** The first state, in a block of the first level. */
function begin(w: Worker): void {
  const { space, engine } = w;
  engine.start(true);
  addShared(w, at(engine.out, 0), at(engine.out, 1));
  Atomics.store(space.control, Word.states, 1);
  keep(w, 0, 0);
  leaveBlock(w);
  turnLists(space);
}

/** Takes blocks of this level until there are none, or the search is to stop for a while or for good. */
function expandBlocks(w: Worker): void {
  const { control, lists } = w.space;
  const list = at(lists, at(control, Word.turn));
  while (Atomics.load(control, Word.end) === Ended.no && Atomics.load(control, Word.full) === 0) {
    while (Atomics.load(control, Word.paused) === 1) Atomics.wait(control, Word.paused, 1);
    const i = Atomics.add(control, Word.taken, 1);
    if (i >= at(control, Word.now)) return;
    expandBlock(w, at(list, i));
  }
}

function expandBlock(w: Worker, block: number): void {
  const { space, engine, from } = w;
  const stride = space.words + 1;
  const base = block * BLOCK * stride;
  const size = at(space.sizes, block);
  let ends = 0;
  for (let i = 0; i < size;) {
    let k = 0;
    for (; i < size && k < OUT_ROOM; i++) {
      const place = base + i * stride;
      const id = space.blocks[place] ?? 0;
      const expanded = engine.expand(space.blocks, place + 1, k);
      const next = expanded >>> 2;
      while (k < next) from[k++] = id;
      if ((expanded & 3) === 1) ends += 1;
      if ((expanded & 3) === 2) noteBroken(w, DEADLOCK, id, -1);
    }
    addAll(w, k);
  }
  w.free.push(block);
  if (ends > 0) Atomics.add(space.control, Word.ends, ends);
}

function noteBroken({ space }: Worker, number: number, state: number, action: number): void {
  if (Atomics.compareExchange(space.broken, number * 2, 0, state) === 0)
    Atomics.store(space.broken, number * 2 + 1, action + 2);
}

function addAll(w: Worker, successors: number): void {
  const { engine, space, from } = w;
  const { out } = engine;
  const stride = SUCCESSOR + space.words;
  let [found, reached] = [0, 0];
  w.warmth ^= warm({ shards: w.shards, slots: space.slots }, out, stride, successors);
  for (let k = 0, q = 0; k < successors; k++, q += stride) {
    const violated = out[q + 3] ?? 0;
    if (violated !== 0) noteAll(w, violated, from[k] ?? 0, out[q + 2] ?? 0);
    reached |= out[q + 4] ?? 0;
    if (!addShared(w, out[q] ?? 0, out[q + 1] ?? 0)) continue;
    found += 1;
    keep(w, q, from[k] ?? 0);
  }
  Atomics.add(space.control, Word.transitions, successors + (engine.tally[0] ?? 0));
  engine.tally[0] = 0;
  Atomics.or(space.control, Word.reached, reached);
  if (Atomics.add(space.control, Word.states, found) + found >= space.bounds.maxStates)
    endWith(space, Ended.states);
}

function noteAll(w: Worker, violated: number, state: number, action: number): void {
  for (let number = 0; number < w.properties.length; number++)
    if ((violated & (1 << number)) !== 0) noteBroken(w, number, state, action);
}
