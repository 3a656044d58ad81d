import { at } from '../../lib/at.ts';
import type { Rng } from '../../lib/rng.ts';
import { NONE } from '../../machine/buddy/zone.ts';
import type { MapKind } from './map-kinds.ts';
import {
  addPage,
  addTable,
  dropPage,
  dropTable,
  giveBack,
  type Memory,
  nodesFrom,
  note,
  NOTHING,
  takeFrame,
} from './memory.ts';

/** A process: a sparse user of memory, so that it has many tables for its pages. */
export interface Process {
  /** In the order of their start, from 0. */
  readonly id: number;
  readonly node: number;
  /** By region of one PTE table each: table id, or NOTHING before its first fault. */
  readonly regions: Int32Array;
  /** Its PGD, PUD and PMD table. */
  readonly upper: readonly number[];
}

/** What goes on in a memory: processes, files, the kernel. Ids of what has been freed are left in no list. */
export interface Life {
  readonly memory: Memory;
  readonly rng: Rng;
  readonly plan: LifePlan;
  readonly processes: Process[];
  /** Pages of files that nobody maps. */
  readonly files: number[];
  /** Frames of the kernel's own memory. */
  readonly kernel: number[];
  /** What has happened so far. */
  readonly done: LifeCounts;
}

/** Rounds of reclaim before an allocation gives up: the pages dropped may lie on another node. */
const RECLAIM_TRIES = 4;

export interface LifeCounts {
  processes: number;
  faults: number;
  writes: number;
  fileReads: number;
  reclaimed: number;
  noMemory: number;
}

export interface LifePlan {
  readonly tableEntries: number;
  /** PTE tables that a process may come to have. */
  readonly regions: number;
  /** Most processes alive on each node. */
  readonly processes: number;
  /** Of 1000 actions: kernel allocations. */
  readonly kernelPerMille: number;
  /** Of 1000 actions: writes to memory; files are read by most of the others. */
  readonly touchPerMille: number;
  /** Of 1000 actions: processes that end, and so in time as many that start. */
  readonly exitPerMille: number;
  /** Nodes that may hold kernel memory; processes run on all. */
  readonly kernelNodes: readonly number[];
}

export function beginLife(memory: Memory, rng: Rng, plan: LifePlan): Life {
  const done = { processes: 0, faults: 0, writes: 0, fileReads: 0, reclaimed: 0, noMemory: 0 };
  return { memory, rng, plan, processes: [], files: [], kernel: [], done };
}

/** A frame for something; when memory is full some pages of files are dropped first. NONE when that does not help. */
function frameFor(life: Life, kind: MapKind, among: readonly number[]): number {
  for (let tries = 0; tries < RECLAIM_TRIES; tries++) {
    const frame = takeFrame(life.memory, kind, among);
    if (frame !== NONE) return frame;
    reclaim(life, 16);
  }
  life.done.noMemory++;
  return NONE;
}

/** A frame for a process or a file: on any node, the wanted one first. */
function frameNear(life: Life, kind: MapKind, node: number): number {
  return frameFor(life, kind, nodesFrom(life.memory, node));
}

/** Drops file pages as reclaim does: by how they were used, that is by chance, and not in the order of frames. */
export function reclaim({ memory, rng, files, done }: Life, pages: number): void {
  for (let i = 0; i < pages && files.length > 0; i++) {
    dropPage(memory, takeOut(files, rng.next(files.length)));
    done.reclaimed++;
  }
}

/** Takes an element out of a list whose order means nothing. */
function takeOut(list: number[], index: number): number {
  const taken = at(list, index);
  const last = list.pop();
  if (last !== undefined && index < list.length) list[index] = last;
  return taken;
}

/** The kernel takes a frame for itself, on a node where it may. */
export function growKernel(life: Life): void {
  const { kernelNodes } = life.plan;
  const first = life.rng.next(kernelNodes.length);
  const inTurn = [...kernelNodes.slice(first), ...kernelNodes.slice(0, first)];
  const frame = frameFor(life, 'kernel', inTurn);
  if (frame !== NONE) life.kernel.push(frame);
}

function shrinkKernel({ memory, rng, kernel }: Life): void {
  if (kernel.length === 0) return;
  const frame = takeOut(kernel, rng.next(kernel.length));
  note(memory, { op: 'free', frame, to: NOTHING });
  giveBack(memory, frame);
}

/** fork and exec: a process with its three upper tables. */
export function startProcess(life: Life, node: number): void {
  const { memory, processes, plan, done } = life;
  const id = done.processes++;
  const upper: number[] = [];
  for (let level = 0; level < 3; level++) {
    const frame = frameNear(life, 'table', node);
    if (frame === NONE) break;
    upper.push(addTable(memory, { frame, process: id, level, entries: new Int32Array(0) }));
  }
  if (upper.length < 3) {
    for (const table of upper) dropTable(memory, table);
    return;
  }
  processes.push({ id, node, upper, regions: new Int32Array(plan.regions).fill(NOTHING) });
}

/** exit: all pages and tables of a process are freed. */
export function endProcess({ memory, processes }: Life, index: number): void {
  const [process] = processes.splice(index, 1);
  if (process === undefined) return;
  for (const table of process.regions) if (table !== NOTHING) dropTable(memory, table);
  for (const table of process.upper) dropTable(memory, table);
}

/** A thread writes to one of its addresses: it faults where there is no page yet, or no table. */
export function touch(life: Life): void {
  const { memory, rng, processes, plan, done } = life;
  if (processes.length === 0) return;
  const process = at(processes, rng.next(processes.length));
  const [region, slot] = [rng.next(plan.regions), rng.next(plan.tableEntries)];
  let table = at(process.regions, region);
  if (table === NOTHING) {
    const frame = frameNear(life, 'table', process.node);
    if (frame === NONE) return;
    const entries = new Int32Array(plan.tableEntries).fill(NOTHING);
    table = addTable(memory, { frame, process: process.id, level: 3, entries });
    process.regions[region] = table;
  }
  let page = at(at(memory.tables, table).entries, slot);
  if (page === NOTHING) {
    const frame = frameNear(life, 'anonymous', process.node);
    if (frame === NONE) return;
    page = addPage(memory, frame, { table, slot });
    done.faults++;
  }
  at(memory.pages, page).written++;
  done.writes++;
}

/** A page of a file is read into memory and stays there until reclaim wants it. */
export function readFile(life: Life): void {
  const frame = frameNear(life, 'file', life.rng.next(life.memory.nodes.length));
  if (frame === NONE) return;
  life.files.push(addPage(life.memory, frame, { table: NOTHING, slot: NOTHING }));
  life.done.fileReads++;
}

/** One thing happens, chosen by chance. */
export function live(life: Life): void {
  const { plan } = life;
  const dice = life.rng.next(1000);
  const kernel = plan.kernelPerMille * 2;
  const exits = kernel + plan.exitPerMille;
  const starts = exits + plan.exitPerMille * 4;
  if (dice < plan.kernelPerMille) growKernel(life);
  else if (dice < kernel) shrinkKernel(life);
  else if (dice < exits) mayEnd(life);
  else if (dice < starts) mayStart(life);
  else if (dice < starts + plan.touchPerMille) touch(life);
  else readFile(life);
}

function mayEnd(life: Life): void {
  const { processes, memory, rng } = life;
  if (processes.length > memory.nodes.length) endProcess(life, rng.next(processes.length));
}

function mayStart(life: Life): void {
  const node = life.rng.next(life.memory.nodes.length);
  const there = life.processes.filter((process) => process.node === node).length;
  if (there < life.plan.processes) startProcess(life, node);
}

/** The same life in a memory of its own, going on by chances of its own. */
export function copyLife({ memory, plan, processes, files, kernel, done }: Life, rng: Rng): Life {
  return { rng, plan, ...structuredClone({ memory, processes, files, kernel, done }) };
}
