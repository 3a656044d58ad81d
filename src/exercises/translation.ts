import { at } from '../lib/at.ts';
import { createRng, type Rng } from '../lib/rng.ts';
import { geometries, type GeometryId, lastLevel, levelAt, vaIndex } from '../machine/geometry.ts';
import { decodeEntry, encodeEntry, type X86Entry } from '../machine/x86-entry.ts';
import { type Exercise, EXERCISE_TITLES, type Given, type Question } from './exercise.ts';

/** A table of a sheet: where it stands, and its entries that are not 0, by index. */
interface SheetTable {
  readonly pfn: number;
  readonly level: number;
  readonly entries: Map<number, bigint>;
}

interface Drawing {
  readonly id: GeometryId;
  readonly rng: Rng;
  /** By frame number. */
  readonly tables: Map<number, SheetTable>;
  readonly used: Set<number>;
}

const QUESTIONS = 6;
/** Frames of a sheet lie below 1 GiB, so that no address is longer than 8 digits. */
const FRAMES = 2 ** 18;
const hex = (value: bigint | number): string => `0x${value.toString(16)}`;

/** A frame that the sheet has not used yet, aligned to `pages` pages. */
function freshFrame({ rng, used }: Drawing, pages: number): number {
  for (;;) {
    const pfn = (1 + rng.next(FRAMES / pages - 1)) * pages;
    if (!used.has(pfn)) {
      used.add(pfn);
      return pfn;
    }
  }
}

function addTable(drawing: Drawing, level: number): SheetTable {
  const pfn = freshFrame(drawing, 1);
  const table = { pfn, level, entries: new Map<number, bigint>() };
  drawing.tables.set(pfn, table);
  return table;
}

function entryWord(
  { id, rng }: Drawing,
  level: number,
  more: Pick<X86Entry, 'role' | 'pfn' | 'present'>,
): bigint {
  const flip = (): boolean => rng.next(2) === 1;
  const leaf = more.role === 'leaf';
  return encodeEntry(
    { geometry: geometries[id], levelIndex: level },
    {
      ...more,
      protectionKey: 0,
      writable: flip(),
      user: true,
      writeThrough: false,
      cacheDisable: false,
      accessed: flip(),
      dirty: leaf && flip(),
      large: leaf,
      pat: false,
      global: false,
      noExecute: false,
    },
  );
}

/** Puts an entry where there is none: mostly one that leads on, at times a large page or one that is not present. */
function fillEntry(drawing: Drawing, table: SheetTable, index: number): void {
  const { id, rng } = drawing;
  const { level } = table;
  const { hugeLeaf, shift } = levelAt(geometries[id], level);
  const last = level === lastLevel(geometries[id]);
  const dice = rng.next(12);
  if (dice === 0) return;
  if (dice === 1) {
    const pfn = freshFrame(drawing, 1);
    table.entries.set(
      index,
      entryWord(drawing, level, { role: last ? 'leaf' : 'table', pfn, present: false }),
    );
  } else if (last || (hugeLeaf && dice < 4 && shift < 30)) {
    const pfn = freshFrame(drawing, 2 ** (shift - 12));
    table.entries.set(index, entryWord(drawing, level, { role: 'leaf', pfn, present: true }));
  } else {
    const { pfn } = addTable(drawing, level + 1);
    table.entries.set(index, entryWord(drawing, level, { role: 'table', pfn, present: true }));
  }
}

/** An address of the user's half; often near the one before, so that they share tables. */
function drawAddress({ id, rng }: Drawing, before: bigint): bigint {
  const { levels, userVaEnd } = geometries[id];
  const from = before === 0n ? 0 : rng.next(levels.length);
  const parts = levels.map((level, i): bigint =>
    BigInt(i < from ? vaIndex(geometries[id], i, before) : rng.next(level.entries)),
  );
  const va = levels.reduce((sum, { shift }, i) => sum + (at(parts, i) << BigInt(shift)), 0n);
  return (va % userVaEnd) + BigInt(rng.next(4096));
}

interface Found {
  readonly answer: string;
  readonly why: readonly string[];
}

/** The walk, one line for each entry read. */
function solve({ id, tables }: Drawing, top: number, va: bigint): Found {
  const geometry = geometries[id];
  const why: string[] = [];
  let pfn = top;
  for (let level = 0; ; level++) {
    const { name, shift } = levelAt(geometry, level);
    const index = vaIndex(geometry, level, va);
    const raw = tables.get(pfn)?.entries.get(index) ?? 0n;
    const entry = decodeEntry({ geometry, levelIndex: level }, raw);
    why.push(`${name}[${String(index)}] of the table at ${hex(pfn * 4096)} is ${hex(raw)}`);
    if (!entry.present)
      return { answer: `fault at ${name}`, why: [...why, 'its bit 0 is clear: not present'] };
    if (entry.role === 'leaf') {
      const offset = va & ((1n << BigInt(shift)) - 1n);
      const pa = (BigInt(entry.pfn) << 12n) + offset;
      return { answer: hex(pa), why: [...why, `frame ${hex(entry.pfn)}, offset ${hex(offset)}`] };
    }
    pfn = entry.pfn;
  }
}

function draw(drawing: Drawing, top: SheetTable): readonly bigint[] {
  const addresses: bigint[] = [];
  for (let i = 0; i < QUESTIONS; i++) {
    const va = drawAddress(drawing, addresses.at(-1) ?? 0n);
    addresses.push(va);
    for (let table: SheetTable | undefined = top; table !== undefined;) {
      const { level, entries }: SheetTable = table;
      const index = vaIndex(geometries[drawing.id], level, va);
      if (!entries.has(index)) fillEntry(drawing, table, index);
      const entry = decodeEntry(
        { geometry: geometries[drawing.id], levelIndex: level },
        entries.get(index) ?? 0n,
      );
      table = entry.present && entry.role === 'table' ? drawing.tables.get(entry.pfn) : undefined;
    }
  }
  return addresses;
}

function tablesGiven({ id, tables }: Drawing): readonly Given[] {
  const { levels, entryBytes } = geometries[id];
  return [...tables.values()]
    .sort((a, b) => a.level - b.level || a.pfn - b.pfn)
    .map(({ pfn, level, entries }) => ({
      title: `${at(levels, level).name} at ${hex(pfn * 4096)}`,
      lines: [...entries]
        .sort(([a], [b]) => a - b)
        .map(
          ([index, raw]) =>
            `[${String(index).padStart(4)}]  ${raw.toString(16).padStart(entryBytes * 2, '0')}`,
        ),
    }));
}

/** A sheet of tables in a geometry of x86, and addresses to translate. Entries that a sheet does not show are 0. */
export function translationExercise(id: GeometryId, seed: number): Exercise {
  const drawing: Drawing = { id, rng: createRng(seed), tables: new Map(), used: new Set() };
  const top = addTable(drawing, 0);
  const addresses = draw(drawing, top);
  const questions = addresses.map((va): Question => ({
    ask: `Read at ${hex(va)}`,
    ...solve(drawing, top.pfn, va),
    options: [],
  }));
  return {
    kind: id,
    seed,
    title: EXERCISE_TITLES[id],
    task: `CR3 holds ${hex(top.pfn * 4096)}. Entries that are not shown are 0. Give the physical address of each read in hex, or “fault at” and the level whose entry is not present.`,
    given: tablesGiven(drawing),
    questions,
  };
}
