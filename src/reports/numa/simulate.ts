import { type AddressStream, createStream, type Pattern } from './address-stream.ts';
import { createSetCache, emptyCache, fetchSet, type SetCache, touchKey } from './set-cache.ts';

/** The parts of a CPU and its socket that decide which references reach memory. */
export interface CpuShape {
  /** Entries of the first and of the second TLB; 4 KiB pages. */
  readonly firstTlb: number;
  readonly secondTlb: number;
  /** Entries of the PDE cache; the PDPTE and PML4E caches have 4 each. */
  readonly walkCache: number;
  /** The last-level cache, which data and tables share, bytes. */
  readonly cacheBytes: number;
}

export interface Program {
  readonly pattern: Pattern;
  /** A power of two, up to 2^24. */
  readonly pages: number;
  readonly seed: number;
}

/** Where things are, seen from the CPU that runs the process. */
export interface Placement {
  /** Pages below this one have been copied to where the process runs now; the others are where it began. */
  readonly movedPages: number;
  /** Pages that have not been copied are on another node. */
  readonly oldPagesAway: boolean;
  /** Table pages: all here, all on another node, or first come on all nodes. */
  readonly tables: 'here' | 'away' | 'spread';
  /** Data as first come on all nodes; `movedPages` and `oldPagesAway` do not count then. */
  readonly spreadData: boolean;
  /** 1 once the tables have been copied: other frames, so other cache lines. */
  readonly tableCopy: 0 | 1;
}

export const ALL_HERE: Placement = {
  movedPages: 0,
  oldPagesAway: false,
  tables: 'here',
  spreadData: false,
  tableCopy: 0,
};

/** Nodes of a process that is spread (the four sockets of the machine that Mitosis ran on). */
export const NODES = 4;

/** What was counted. References are cache lines asked for; `cached` ones found in the last-level cache. */
export interface Tally {
  accesses: number;
  firstTlbHits: number;
  secondTlbHits: number;
  walks: number;
  walkCached: number;
  walkLocal: number;
  walkRemote: number;
  dataCached: number;
  dataLocal: number;
  dataRemote: number;
}

export function emptyTally(): Tally {
  return {
    accesses: 0,
    firstTlbHits: 0,
    secondTlbHits: 0,
    walks: 0,
    walkCached: 0,
    walkLocal: 0,
    walkRemote: 0,
    dataCached: 0,
    dataLocal: 0,
    dataRemote: 0,
  };
}

export interface Simulation {
  readonly stream: AddressStream;
  readonly firstTlb: SetCache;
  readonly secondTlb: SetCache;
  /** Walk caches, by what their entries lead to: a PTE table, a PMD table, a PUD table. */
  readonly pde: SetCache;
  readonly pdpte: SetCache;
  readonly pml4e: SetCache;
  readonly cache: SetCache;
  /** The lines of the accesses that come next, and what was read to have their sets near: means nothing. */
  readonly ahead: Int32Array;
  fetched: number;
}

export const LINE_BYTES = 64;
/** 64 lines a page. */
const LINE_BITS = 6;
const TLB_WAYS = 4;
const WALK_WAYS = 4;
const UPPER_WALK_CACHE = 4;
const CACHE_WAYS = 7;
/** Accesses that are drawn before they are carried out. */
const AHEAD = 128;

export function createSimulation(shape: CpuShape, program: Program): Simulation {
  return {
    stream: createStream(program.pattern, program.pages, program.seed),
    firstTlb: createSetCache(shape.firstTlb, WALK_WAYS),
    secondTlb: createSetCache(shape.secondTlb, TLB_WAYS),
    pde: createSetCache(shape.walkCache, WALK_WAYS),
    pdpte: createSetCache(Math.min(UPPER_WALK_CACHE, shape.walkCache), WALK_WAYS),
    pml4e: createSetCache(Math.min(UPPER_WALK_CACHE, shape.walkCache), WALK_WAYS),
    cache: createSetCache(Math.floor(shape.cacheBytes / LINE_BYTES), CACHE_WAYS),
    ahead: new Int32Array(AHEAD),
    fetched: 0,
  };
}

/** A flush, or the first access on another CPU: TLBs and walk caches are empty. */
export function flush({ firstTlb, secondTlb, pde, pdpte, pml4e }: Simulation): void {
  for (const cache of [firstTlb, secondTlb, pde, pdpte, pml4e]) emptyCache(cache);
}

/** So many accesses in one placement; what they do is added to `tally`. */
export interface Charge {
  readonly count: number;
  readonly placement: Placement;
  readonly tally: Tally;
}

/** Carries out accesses and charges each reference. Allocates nothing. */
export function simulate(sim: Simulation, charge: Charge): void {
  for (let done = 0; done < charge.count; done += AHEAD) {
    const count = Math.min(AHEAD, charge.count - done);
    lookAhead(sim, charge.placement, count);
    for (let i = 0; i < count; i++) access(sim, charge, sim.ahead[i] ?? 0);
  }
  charge.tally.accesses += charge.count;
}

/** Draws the next accesses and has the sets near that they will need: many misses of this machine at once, instead of one by one. */
function lookAhead(sim: Simulation, placement: Placement, count: number): void {
  const { stream, cache, ahead } = sim;
  let fetched = 0;
  for (let i = 0; i < count; i++) {
    const line = stream.next();
    const page = line >>> LINE_BITS;
    ahead[i] = line;
    fetched ^= fetchSet(cache, dataKey(line, page < placement.movedPages));
    fetched ^= fetchSet(cache, tableKey(placement, 0, page));
  }
  // Kept, so that no compiler leaves the reads out.
  sim.fetched = fetched;
}

function access(sim: Simulation, charge: Charge, line: number): void {
  const { placement, tally } = charge;
  const page = line >>> LINE_BITS;
  if (touchKey(sim.firstTlb, page)) tally.firstTlbHits++;
  else if (touchKey(sim.secondTlb, page)) tally.secondTlbHits++;
  else walk(sim, page, charge);
  const isMoved = page < placement.movedPages;
  if (touchKey(sim.cache, dataKey(line, isMoved))) tally.dataCached++;
  else if (isDataAway(placement, page, isMoved)) tally.dataRemote++;
  else tally.dataLocal++;
}

/** Below zero: never the number of a line of data. */
function tableKey(placement: Placement, above: number, entry: number): number {
  return ~((above * LEVEL_RANGE + (entry >>> 3)) * 2 + placement.tableCopy);
}

function dataKey(line: number, isMoved: boolean): number {
  return line * 2 + (isMoved ? 1 : 0);
}

function isDataAway({ spreadData, oldPagesAway }: Placement, page: number, isMoved: boolean): boolean {
  return spreadData ? nodeOf(page) !== 0 : oldPagesAway && !isMoved;
}

/** One node of NODES for each page or table, always the same; this CPU's is 0. */
function nodeOf(key: number): number {
  return (Math.imul(key ^ 0x5bd1e995, 0x9e3779b1) >>> 16) & (NODES - 1);
}

const ENTRY_BITS = 9;
const LEVELS = 4;
/** Cache lines of tables have numbers of their own: each level a range, 8 entries a line. */
const LEVEL_RANGE = 1 << 22;

/** The hardware's walk: below the deepest walk-cache entry, one entry read for each level (kernel.md 2.3). */
function walk(sim: Simulation, page: number, { placement, tally }: Charge): void {
  tally.walks++;
  for (let above = levelsAbove(sim, page); above >= 0; above--) {
    const entry = page >>> (ENTRY_BITS * above);
    if (touchKey(sim.cache, tableKey(placement, above, entry))) tally.walkCached++;
    else if (isTableAway(placement, above, entry >>> ENTRY_BITS)) tally.walkRemote++;
    else tally.walkLocal++;
  }
}

/** How many levels above the leaf the walk must begin: 0 where the PDE cache leads to the PTE table. */
function levelsAbove({ pde, pdpte, pml4e }: Simulation, page: number): number {
  if (touchKey(pde, page >>> ENTRY_BITS)) return 0;
  if (touchKey(pdpte, page >>> (2 * ENTRY_BITS))) return 1;
  if (touchKey(pml4e, page >>> (3 * ENTRY_BITS))) return 2;
  return LEVELS - 1;
}

function isTableAway({ tables }: Placement, above: number, table: number): boolean {
  if (tables === 'spread') return nodeOf(table * LEVELS + above) !== 0;
  return tables === 'away';
}
