import { at } from '../lib/at.ts';
import { ENTRY_LEAF, ENTRY_P, entryFrame } from '../machine/entry.ts';
import { entryOf, type Scene } from '../machine/decode.ts';
import { topRows } from '../machine/replicas.ts';
import { fieldOf, readField } from '../program/layout.ts';
import type { Journal } from '../program/journal.ts';

/** Where in the tree of a process a frame holds (or held) a table. */
export interface Place {
  readonly frame: number;
  readonly mm: number;
  readonly level: number;
  /** Indices that lead there; empty for the top. */
  readonly path: readonly number[];
  /** The table that it took the place of; 0 for none. */
  readonly replaces: number;
  /** The step that put it there; 0 for the first state. */
  readonly since: number;
}

/** The tables of the tree as it stands, with their copies on other nodes; parents before children, in address order. */
export function placesOfTree(scene: Scene): readonly Place[] {
  const { world, layout, words } = scene;
  const places: Place[] = [];
  world.mms.forEach((_, mm) => {
    const tops = Array.from({ length: topRows(world) }, (_row, row) =>
      readField(layout, words, 'mm.pgd', mm, row),
    );
    const known = new Set<number>();
    const queue = [...new Set(tops)].map((frame): Place => {
      return { frame, mm, level: 0, path: [], replaces: 0, since: 0 };
    });
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (known.has(next.frame)) continue;
      known.add(next.frame);
      places.push(next);
      queue.push(...childrenOf(scene, next));
    }
  });
  return places;
}

function childrenOf(scene: Scene, { frame, mm, level, path }: Place): readonly Place[] {
  if (level + 1 >= scene.world.levels.length) return [];
  const children: Place[] = [];
  for (let index = 0; index < at(scene.world.levels, level).entries; index++) {
    const entry = entryOf(scene, frame, index);
    if ((entry & ENTRY_P) === 0 || (entry & ENTRY_LEAF) !== 0) continue;
    children.push({
      frame: entryFrame(entry),
      mm,
      level: level + 1,
      path: [...path, index],
      replaces: 0,
      since: 0,
    });
  }
  return children;
}

export interface Writes {
  readonly journal: Journal;
  readonly from: number;
  readonly to: number;
  /** Steps taken once they are done. */
  readonly step: number;
}

/**
 * Tables that the writes of one step put into the tree: an entry of a known table (not a leaf) or mm.pgd that leads to
 * another frame now. `known` has the latest place of each frame.
 */
export function newPlaces(scene: Scene, known: ReadonlyMap<number, Place>, writes: Writes): readonly Place[] {
  const { world, layout } = scene;
  const entries = fieldOf(layout, 'entries');
  const pgd = fieldOf(layout, 'mm.pgd');
  const found: Place[] = [];
  for (let i = writes.from; i < writes.to; i++) {
    const offset = at(writes.journal.offsets, i);
    const [old, fresh] = [at(writes.journal.old, i), at(writes.journal.fresh, i)];
    if (offset >= pgd.offset && offset < pgd.offset + pgd.rows * pgd.cols)
      found.push({
        frame: fresh,
        mm: (offset - pgd.offset) % pgd.cols,
        level: 0,
        path: [],
        replaces: old,
        since: writes.step,
      });
    const index = offset - entries.offset;
    if (index < 0 || (fresh & ENTRY_P) === 0 || (fresh & ENTRY_LEAF) !== 0) continue;
    const parent = known.get(Math.floor(index / world.stride));
    if (
      parent === undefined ||
      parent.level + 1 >= world.levels.length ||
      entryFrame(old) === entryFrame(fresh)
    )
      continue;
    const { mm, level, path } = parent;
    const frame = entryFrame(fresh);
    found.push({
      frame,
      mm,
      level: level + 1,
      path: [...path, index % world.stride],
      replaces: entryFrame(old),
      since: writes.step,
    });
  }
  return found.filter(({ frame }) => !known.has(frame));
}
