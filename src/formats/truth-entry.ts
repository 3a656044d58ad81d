import { lastLevel } from '../machine/geometry.ts';
import type { Geometry } from '../machine/geometry.ts';
import { decodeNotPresent } from '../machine/linux-entry.ts';
import { decodeEntry } from '../machine/x86-entry.ts';
import type { EntryPlace, X86Entry } from '../machine/x86-entry.ts';
import * as flag from './image-flags.ts';

/** A raw entry in the terms of a `ProcessImage`; `table` when it names a lower one. */
export interface ImageEntry {
  readonly role: 'table' | 'leaf' | 'no page';
  /** Frame number, or -1. */
  readonly pfn: number;
  readonly flags: number;
}

function entryFlags(entry: X86Entry): number {
  return (
    (entry.writable ? flag.IMAGE_W : 0) |
    (entry.accessed ? flag.IMAGE_A : 0) |
    (entry.dirty ? flag.IMAGE_D : 0) |
    (entry.user ? flag.IMAGE_U : 0) |
    (entry.noExecute ? flag.IMAGE_NX : 0) |
    (entry.global ? flag.IMAGE_G : 0) |
    (entry.writeThrough ? flag.IMAGE_PWT : 0) |
    (entry.cacheDisable ? flag.IMAGE_PCD : 0) |
    (entry.pat ? flag.IMAGE_PAT : 0)
  );
}

function leafFlag(geometry: Geometry, levelIndex: number, { role }: X86Entry): number {
  return role === 'leaf' && levelIndex < lastLevel(geometry) ? flag.IMAGE_LEAF : 0;
}

function notPresent(place: EntryPlace, raw: bigint): ImageEntry | null {
  const what = decodeNotPresent(place, raw);
  if (what.kind === 'none') return null;
  if (what.kind === 'swap') return { role: 'no page', pfn: -1, flags: flag.IMAGE_SWAP };
  const large = leafFlag(place.geometry, place.levelIndex, what.entry);
  const flags = flag.IMAGE_SWAP | flag.IMAGE_NONE | large | entryFlags(what.entry);
  return { role: 'leaf', pfn: what.entry.pfn, flags };
}

/** Reads a raw entry as the processor and Linux would; null for an empty one. */
export function imageEntry(place: EntryPlace, raw: bigint): ImageEntry | null {
  if ((raw & 1n) === 0n) return notPresent(place, raw);
  const entry = decodeEntry(place, raw);
  const large = leafFlag(place.geometry, place.levelIndex, entry);
  return { role: entry.role, pfn: entry.pfn, flags: flag.IMAGE_P | large | entryFlags(entry) };
}
