/**
 * What a frame of a memory map is used for; the number in a map is the place in this list. The first eight are those of
 * the models, the others are seen on real machines only.
 */
export const MAP_KINDS = [
  'free',
  'anonymous',
  'file',
  'table',
  'limbo',
  'kernel',
  'huge',
  'offline',
  'slab',
  'hugetlb',
  'reserved',
  'unflagged',
  'absent',
] as const;
export type MapKind = (typeof MAP_KINDS)[number];

export function mapKindNumber(kind: MapKind): number {
  return MAP_KINDS.indexOf(kind);
}

/** Frames of each kind, by kind number. They add up to the length of the map. */
export function countKinds(map: Uint8Array): Uint32Array {
  const counts = new Uint32Array(MAP_KINDS.length);
  for (const kind of map) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
