import { at } from '../../lib/at.ts';
import { allocate, allocateAt, release } from '../../machine/buddy/allocate.ts';
import { createZone, MOVABLE, NONE, UNMOVABLE, type Zone, type ZoneSize } from '../../machine/buddy/zone.ts';
import { mapKindNumber, type MapKind } from './map-kinds.ts';
import { recordChange, type Recorder, recordStep, type Step } from './recording.ts';

/** Nothing: no page, no table. */
export const NOTHING = -1;

/** One page: of a process's memory (anonymous) or of a file. */
export interface Page {
  frame: number;
  /** The table whose entry maps it, and which entry; NOTHING for a page of a file that nobody maps. */
  readonly table: number;
  readonly slot: number;
  /** Ghost: how often it was written; moves with the content. */
  written: number;
}

/** One page table of a process. Only PTE tables are filled here; those above lead to them. */
export interface PageTable {
  frame: number;
  readonly process: number;
  /** 0 is the PGD. */
  readonly level: number;
  /** By entry: page id, or NOTHING. Empty for tables above the PTE tables. */
  readonly entries: Int32Array;
}

/** Frames of some nodes, and what they hold. Frames are numbered through all nodes. */
export interface Memory {
  readonly nodes: readonly Zone[];
  readonly framesPerNode: number;
  /** By frame: kind number. */
  readonly map: Uint8Array;
  /** By frame: the page or table in it. */
  readonly pageAt: Int32Array;
  readonly tableAt: Int32Array;
  readonly pages: Page[];
  readonly tables: PageTable[];
  /** Old tables whose frames wait for the next flush. */
  readonly limbo: number[];
  recorder: Recorder | null;
}

export interface MemorySize extends ZoneSize {
  readonly nodes: number;
}

export function createMemory({ nodes, ...size }: MemorySize): Memory {
  const frames = nodes * size.frames;
  return {
    nodes: Array.from({ length: nodes }, () => createZone(size)),
    framesPerNode: size.frames,
    map: new Uint8Array(frames),
    pageAt: new Int32Array(frames).fill(NOTHING),
    tableAt: new Int32Array(frames).fill(NOTHING),
    pages: [],
    tables: [],
    limbo: [],
    recorder: null,
  };
}

export function nodeOf({ framesPerNode }: Memory, frame: number): number {
  return Math.floor(frame / framesPerNode);
}

export function zoneOf(memory: Memory, frame: number): Zone {
  return at(memory.nodes, nodeOf(memory, frame));
}

export function note({ recorder }: Memory, step: Step): void {
  if (recorder !== null) recordStep(recorder, step);
}

export function setKind({ map, recorder }: Memory, frame: number, kind: MapKind): void {
  const number = mapKindNumber(kind);
  map[frame] = number;
  if (recorder !== null) recordChange(recorder, frame, number);
}

/** The types of what the kernel gives out: tables and its own memory cannot move, pages can. */
const typeOf = (kind: MapKind): number => (kind === 'anonymous' || kind === 'file' ? MOVABLE : UNMOVABLE);

/** A free frame for a kind of thing, on the first of the nodes that has one; NONE when all of them are full. */
export function reserve({ nodes, framesPerNode }: Memory, kind: MapKind, among: readonly number[]): number {
  for (const node of among) {
    const head = allocate(at(nodes, node), { order: 0, type: typeOf(kind) });
    if (head !== NONE) return node * framesPerNode + head;
  }
  return NONE;
}

/** All nodes, the wanted one first. */
export function nodesFrom({ nodes }: Memory, wanted: number): readonly number[] {
  return nodes.map((_, i) => (wanted + i) % nodes.length);
}

/** The same of one given frame, which must be free. */
export function reserveAt(memory: Memory, kind: MapKind, frame: number): void {
  allocateAt(zoneOf(memory, frame), frame % memory.framesPerNode, typeOf(kind));
}

/** A frame for something new; NONE when all of the nodes are full. */
export function takeFrame(memory: Memory, kind: MapKind, among: readonly number[]): number {
  const frame = reserve(memory, kind, among);
  if (frame === NONE) return NONE;
  note(memory, { op: 'allocate', frame, to: NOTHING });
  setKind(memory, frame, kind);
  return frame;
}

/** Gives a frame back, within the step that the caller began. */
export function giveBack(memory: Memory, frame: number): void {
  memory.pageAt[frame] = memory.tableAt[frame] = NOTHING;
  release(zoneOf(memory, frame), frame % memory.framesPerNode);
  setKind(memory, frame, 'free');
}

export function addPage(memory: Memory, frame: number, place: { table: number; slot: number }): number {
  const id = memory.pages.push({ frame, ...place, written: 0 }) - 1;
  memory.pageAt[frame] = id;
  if (place.table !== NOTHING) at(memory.tables, place.table).entries[place.slot] = id;
  return id;
}

export function addTable(memory: Memory, table: PageTable): number {
  const id = memory.tables.push(table) - 1;
  memory.tableAt[table.frame] = id;
  return id;
}

/** Frees a page: the process unmapped it or ended, or reclaim dropped it. */
export function dropPage(memory: Memory, id: number): void {
  const page = at(memory.pages, id);
  note(memory, { op: 'free', frame: page.frame, to: NOTHING });
  if (page.table !== NOTHING) at(memory.tables, page.table).entries[page.slot] = NOTHING;
  giveBack(memory, page.frame);
  page.frame = NOTHING;
}

/** Frees a table and every page that it maps. */
export function dropTable(memory: Memory, id: number): void {
  const table = at(memory.tables, id);
  for (const page of table.entries) if (page !== NOTHING) dropPage(memory, page);
  note(memory, { op: 'free', frame: table.frame, to: NOTHING });
  giveBack(memory, table.frame);
  memory.tables[id] = { ...table, frame: NOTHING, entries: new Int32Array(0) };
}
