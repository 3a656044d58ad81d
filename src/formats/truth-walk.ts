import { at } from '../lib/at.ts';
import { levelAt } from '../machine/geometry.ts';
import type { Geometry } from '../machine/geometry.ts';
import { damaged } from './file-error.ts';
import type { ImageTable } from './process-image.ts';
import { imageEntry } from './truth-entry.ts';
import type { ImageEntry } from './truth-entry.ts';
import type { TruthTable } from './truth-schema.ts';

/** What the walk needs around the tables. */
export interface TruthWalk {
  readonly name: string;
  readonly geometry: Geometry;
  readonly largePages: boolean;
  /** The file's tables under their physical address. */
  readonly byPa: ReadonlyMap<number, TruthTable>;
  /** The level that the file says a table has. */
  readonly levelOf: (table: TruthTable) => number;
  readonly nodeOf: (pfn: number) => number | null;
  /** More flags for the leaf at this address. */
  readonly leafFlags: (vpn: number, levelIndex: number) => number;
  /** Tables so far, and their numbers under their physical address. */
  readonly tables: ImageTable[];
  readonly numbers: Map<number, number>;
  /** Tables that an entry names and the file lacks. */
  absent: number;
}

/** Where the walk comes to a table. */
interface Visit {
  readonly pa: number;
  readonly level: number;
  readonly vaBase: bigint;
  readonly parent: number;
  readonly parentIndex: number;
}

interface Slot extends ImageEntry {
  readonly index: number;
  readonly raw: bigint;
}

function slotsOf(walk: TruthWalk, level: number, table: TruthTable): Slot[] {
  const { geometry, largePages } = walk;
  const { entries, name } = levelAt(geometry, level);
  const slots: Slot[] = [];
  for (const [key, raw] of Object.entries(table.entries)) {
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || index >= entries || key === '') {
      throw damaged(
        walk.name,
        `a ${name} table has an entry "${key.slice(0, 40)}", but its entries are 0 to ${String(entries - 1)}`,
      );
    }
    if (raw >> BigInt(geometry.entryBytes * 8) !== 0n) {
      throw damaged(
        walk.name,
        `entry ${key} of a ${name} table is wider than ${String(geometry.entryBytes)} bytes`,
      );
    }
    const entry = imageEntry({ geometry, levelIndex: level, largePages }, raw);
    if (entry !== null) slots.push({ ...entry, index, raw });
  }
  return slots.sort((a, b) => a.index - b.index);
}

/** The table below an entry, visited unless it was. Returns its number. */
function descend(walk: TruthWalk, visit: Visit): number {
  const known = walk.numbers.get(visit.pa);
  if (known === undefined) return visitTable(walk, visit);
  if (at(walk.tables, known).level !== visit.level) {
    throw damaged(walk.name, `the table at 0x${visit.pa.toString(16)} is used at two levels`);
  }
  return known;
}

function tableAt(walk: TruthWalk, { pa, level }: Visit): TruthTable | null {
  const table = walk.byPa.get(pa);
  if (table === undefined) {
    walk.absent++;
    return null;
  }
  if (walk.levelOf(table) !== level) {
    const { name } = levelAt(walk.geometry, level);
    throw damaged(
      walk.name,
      `the table at 0x${pa.toString(16)} is reached as ${name} but says that it is ${String(table.level)}`,
    );
  }
  return table;
}

/** Reads a table and all below it, depth first. Returns its number. Throws FileError when the tables make no sense. */
export function visitTable(walk: TruthWalk, visit: Visit): number {
  const { pa, level, vaBase } = visit;
  const source = tableAt(walk, visit);
  const slots = source === null ? [] : slotsOf(walk, level, source);
  const number = walk.tables.length;
  const target = new Float64Array(slots.length);
  const flags = new Uint32Array(slots.length);
  walk.numbers.set(pa, number);
  walk.tables.push({
    ...visit,
    node: source?.node ?? walk.nodeOf(Math.floor(pa / 4096)),
    index: Uint16Array.from(slots, ({ index }) => index),
    target,
    flags,
    raw: BigUint64Array.from(slots, ({ raw }) => raw),
  });
  const { shift } = levelAt(walk.geometry, level);
  slots.forEach((slot, i) => {
    const va = vaBase + (BigInt(slot.index) << BigInt(shift));
    const below = {
      pa: slot.pfn * 4096,
      level: level + 1,
      vaBase: va,
      parent: number,
      parentIndex: slot.index,
    };
    target[i] = slot.role === 'table' ? descend(walk, below) : slot.pfn;
    flags[i] = slot.flags | (slot.role === 'leaf' ? walk.leafFlags(Number(va >> 12n), level) : 0);
  });
  return number;
}
