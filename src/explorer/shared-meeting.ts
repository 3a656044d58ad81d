import { at } from '../lib/at.ts';
import { Ended, growShared, type SharedSpace, sharedBytes, wantsRoom, Word } from './shared-space.ts';

/**
 * Waits until a meeting has let this worker in and is over. False when the search was over before. (Who began while the meeting still went on would
 * take its end for that of the next one, and be counted there twice.)
 */
export function comeIn({ control }: SharedSpace): boolean {
  const before = Atomics.add(control, Word.asking, 1);
  for (;;) {
    const generation = Atomics.load(control, Word.generation);
    if (isLetIn(control, before, generation)) return true;
    if (Atomics.load(control, Word.over) === 1) return false;
    Atomics.wait(control, Word.generation, generation);
  }
}

/** Whether who asked as number `before` (from 0) was let in by a meeting that is over in this generation. */
export function isLetIn(control: Int32Array, before: number, generation: number): boolean {
  return Atomics.load(control, Word.admitted) > before && generation >= Atomics.load(control, Word.since);
}

/** For a worker that cannot go on: the others stop where they are. */
export function abandonSearch(space: SharedSpace): void {
  const { control } = space;
  Atomics.store(control, Word.end, Ended.failed);
  Atomics.store(control, Word.over, 1);
  Atomics.add(control, Word.generation, 1);
  Atomics.notify(control, Word.generation);
}

/** Waits until all workers that were let in are here; the last one does `then` before they go on. */
export function meet({ control }: SharedSpace, then: () => void): void {
  const generation = Atomics.load(control, Word.generation);
  if (Atomics.add(control, Word.arrived, 1) === Atomics.load(control, Word.admitted)) {
    Atomics.store(control, Word.arrived, 0);
    then();
    Atomics.add(control, Word.generation, 1);
    Atomics.notify(control, Word.generation);
    return;
  }
  while (Atomics.load(control, Word.generation) === generation && Atomics.load(control, Word.over) === 0)
    Atomics.wait(control, Word.generation, generation);
}

/** What comes next, while all wait: more room, another level, or the end. Who asked to be let in takes part in it. */
export function decide(space: SharedSpace): void {
  const { control } = space;
  const levelIsOver = at(control, Word.taken) >= at(control, Word.now);
  if (levelIsOver && at(control, Word.end) === Ended.no) {
    if (at(control, Word.next) === 0) control[Word.end] = Ended.all;
    else control[Word.depth] = at(control, Word.depth) + 1;
    turnLists(space);
  }
  control[Word.full] = 0;
  control[Word.shard] = 0;
  control[Word.growing] = wantsRoom(space) ? 1 : 0;
  if (sharedBytes(space) > space.bounds.maxBytes) endWith(space, Ended.memory);
  Atomics.store(control, Word.since, Atomics.load(control, Word.generation) + 1);
  Atomics.store(control, Word.admitted, Atomics.load(control, Word.asking));
  // Never back to 0: a search that was abandoned meanwhile is over.
  if (Atomics.load(control, Word.end) !== Ended.no) Atomics.store(control, Word.over, 1);
}

/** The next level becomes this one, and the lists of blocks change places. */
export function turnLists({ control }: SharedSpace): void {
  control[Word.turn] = 1 - at(control, Word.turn);
  control[Word.now] = at(control, Word.next);
  control[Word.next] = 0;
  control[Word.taken] = 0;
}

/** Ends the search, unless something else did. */
export function endWith({ control }: SharedSpace, why: number): void {
  Atomics.compareExchange(control, Word.end, Ended.no, why);
}

/** Makes more room in the tables that want it, each by whoever comes first. */
export function growTables(space: SharedSpace): void {
  for (;;) {
    const s = Atomics.add(space.control, Word.shard, 1);
    if (s >= space.slots.length) return;
    if (!growShared(space, s)) endWith(space, Ended.memory);
  }
}
