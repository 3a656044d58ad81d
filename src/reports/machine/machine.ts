import { at } from '../../lib/at.ts';
import { type MapKind, mapKindNumber } from '../memory/map-kinds.ts';
import { type FrameWord, kindOfWord } from './page-flags.ts';

/** A zone as the kernel tells of it. */
export interface MachineZone {
  readonly node: number;
  readonly name: string;
  /** Frames [startPfn, startPfn + spanned), some of which may not be there. */
  readonly startPfn: number;
  readonly spanned: number;
  readonly managed: number;
  /** /proc/buddyinfo: free blocks by order. */
  readonly free: readonly number[];
  /** /proc/pagetypeinfo: pageblocks by migrate type; empty when it could not be read. */
  readonly blocks: Readonly<Record<string, number>>;
}

/** Totals of /proc/meminfo in KiB, by name. */
export type Meminfo = Readonly<Record<string, number>>;

/** All frames of a machine at (nearly) one moment. */
export interface Machine {
  /** How the file, or this machine, is called. */
  readonly name: string;
  readonly kernel: string;
  readonly frames: number;
  readonly zones: readonly MachineZone[];
  /** Where there is memory, from /proc/iomem: [first frame, frame after the last]; empty when not known. */
  readonly ram: readonly (readonly [number, number])[];
  readonly words: readonly FrameWord[];
  /** Runs of frames with the same word: lengths, and which word. */
  readonly lengths: Uint32Array;
  readonly wordOf: Uint16Array;
  readonly meminfo: Meminfo;
  /** The same totals, and the free frames on all lists, read again after the frames. */
  readonly meminfoLater: Meminfo;
  readonly freeLater: number;
  /** What could not be read, in sentences. */
  readonly missing: readonly string[];
}

/** The kind of every frame, by frame number. Frames outside memory, where that is known, are absent. */
export function machineMap({ frames, words, lengths, wordOf, ram }: Machine): Uint8Array {
  const kinds = words.map((word) => mapKindNumber(kindOfWord(word)));
  const map = new Uint8Array(frames);
  let frame = 0;
  for (const [run, length] of lengths.entries()) {
    map.fill(at(kinds, at(wordOf, run)), frame, frame + length);
    frame += length;
  }
  if (ram.length > 0) markHoles(map, ram);
  return map;
}

/** Frames between the ranges of memory that say nothing of themselves. */
function markHoles(map: Uint8Array, ram: Machine['ram']): void {
  const [absent, silent] = [mapKindNumber('absent'), mapKindNumber('unflagged')];
  const ends = [...ram.toSorted(([a], [b]) => a - b), [map.length, map.length] as const];
  let from = 0;
  for (const [start, end] of ends) {
    for (let frame = from; frame < Math.min(start, map.length); frame++)
      if (map[frame] === silent) map[frame] = absent;
    from = Math.max(from, end);
  }
}

/** The word of one frame; null beyond the last. Linear in the number of runs: for the one frame that is pointed at. */
export function wordAt({ words, lengths, wordOf }: Machine, pfn: number): FrameWord | null {
  let end = 0;
  for (const [run, length] of lengths.entries()) {
    end += length;
    if (pfn < end) return words[at(wordOf, run)] ?? null;
  }
  return null;
}

/** Frames of a map in the order of its nodes: how many on each, by the zones. */
export function countOf(counts: Uint32Array, kind: MapKind): number {
  return counts[mapKindNumber(kind)] ?? 0;
}
