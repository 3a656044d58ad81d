import type { World } from '../../machine/world.ts';
import type { Place } from '../../worker/places.ts';

/** One place of a process's tree, with all the tables that stand there in the course of the run, oldest first. */
export interface TreePlace {
  readonly key: string;
  readonly mm: number;
  readonly level: number;
  readonly path: readonly number[];
  /** Key of the place above; null at the top. */
  readonly parent: string | null;
  readonly versions: readonly Place[];
}

export function placeKey(mm: number, path: readonly number[]): string {
  return `${String(mm)}/${path.join('.')}`;
}

/** What of the tree depends on nothing but which tables a run has: worked out once for a run, not for each moment. */
export interface Ground {
  readonly world: World;
  readonly places: ReadonlyMap<string, TreePlace>;
  /** The tops of the trees, in address order. */
  readonly roots: readonly TreePlace[];
  /** Keys of the places below each place, in the order of their entries. */
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** By place: all tables that stand in the places below it in the course of the run. */
  readonly framesBelow: ReadonlyMap<string, readonly number[]>;
  /** By frame: its place and which version of it. */
  readonly slotOf: ReadonlyMap<number, { readonly key: string; readonly slot: number }>;
}

export function groundOf(world: World, list: readonly Place[]): Ground {
  const places = treePlaces(world, list);
  const children = childrenOf(places);
  const framesBelow = framesBelowOf(places, children);
  const roots = [...places.values()].filter(({ parent }) => parent === null).sort(inOrder);
  return { world, places, roots, children, framesBelow, slotOf: slotsOf(places) };
}

function slotsOf(places: Ground['places']): Ground['slotOf'] {
  const slots = new Map<number, { key: string; slot: number }>();
  for (const { key, versions } of places.values())
    versions.forEach(({ frame }, slot) => slots.set(frame, { key, slot }));
  return slots;
}

function framesBelowOf(places: Ground['places'], children: Ground['children']): Ground['framesBelow'] {
  const framesAt = (key: string): readonly number[] =>
    (places.get(key)?.versions ?? []).map(({ frame }) => frame);
  return new Map([...children].map(([key, below]) => [key, below.flatMap(framesAt)]));
}

interface Draft extends TreePlace {
  readonly versions: Place[];
}

/** All places by key: those of the run, and those that the world's addresses lead through (empty until filled). */
function treePlaces(world: World, places: readonly Place[]): Ground['places'] {
  const drafts = new Map<string, Draft>();
  for (const place of places) draftOf(drafts, place).versions.push(place);
  world.mms.forEach((_, mm) => {
    for (const va of world.vas)
      for (let level = 1; level <= va.leaf; level++) draftOf(drafts, { mm, path: va.path.slice(0, level) });
  });
  for (const { versions } of drafts.values())
    if (versions.length > 1) versions.sort((a, b) => a.since - b.since);
  return drafts;
}

function draftOf(drafts: Map<string, Draft>, { mm, path }: Pick<Place, 'mm' | 'path'>): Draft {
  const key = placeKey(mm, path);
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const parent = path.length === 0 ? null : placeKey(mm, path.slice(0, -1));
  const draft = { key, mm, level: path.length, path, parent, versions: [] };
  drafts.set(key, draft);
  return draft;
}

/** Address order: by process, then by path. */
function inOrder(a: TreePlace, b: TreePlace): number {
  if (a.mm !== b.mm) return a.mm - b.mm;
  const length = Math.min(a.path.length, b.path.length);
  for (let i = 0; i < length; i++) {
    const difference = (a.path[i] ?? 0) - (b.path[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.path.length - b.path.length;
}

export interface ShownArgs {
  readonly ground: Ground;
  /** How many more children the reader asked for, by the key of their parent. */
  readonly expanded: ReadonlyMap<string, number>;
  /** A place that was chosen elsewhere. */
  readonly extra: string | null;
}

/** Few enough to show every one. */
const FEW = 14;

/** Keys of the places that have cards: all of a small tree; of a large one the way to each address, and what was asked for. */
export function shownPlaces({ ground, expanded, extra }: ShownArgs): ReadonlySet<string> {
  const { world, places, children } = ground;
  if (world.stride <= 16 || places.size <= FEW) return new Set(places.keys());
  const shown = new Set<string>();
  world.mms.forEach((_, mm) => {
    for (const va of world.vas)
      for (let level = 0; level <= va.leaf; level++) shown.add(placeKey(mm, va.path.slice(0, level)));
    shown.add(placeKey(mm, []));
  });
  if (extra !== null) for (const key of wayTo(places, extra)) shown.add(key);
  for (const [key, count] of expanded) {
    const hidden = (children.get(key) ?? []).filter((child) => !shown.has(child));
    for (const child of hidden.slice(0, count)) shown.add(child);
  }
  return shown;
}

/** The key and those above it, upwards. */
export function wayTo(places: ReadonlyMap<string, TreePlace>, key: string): readonly string[] {
  const keys: string[] = [];
  for (let next: string | null = key; next !== null; next = places.get(next)?.parent ?? null) keys.push(next);
  return keys;
}

function childrenOf(places: Ground['places']): Ground['children'] {
  const children = new Map<string, string[]>();
  for (const place of [...places.values()].sort(inOrder)) {
    if (place.parent === null) continue;
    const siblings = children.get(place.parent);
    if (siblings === undefined) children.set(place.parent, [place.key]);
    else siblings.push(place.key);
  }
  return children;
}
