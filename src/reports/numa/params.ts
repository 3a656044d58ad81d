import type { Pattern } from './address-stream.ts';
import type { Latencies } from './cycles.ts';
import type { CpuShape, Program } from './simulate.ts';

/** What can be changed about a process that moves to another node, and about its machine. Plain data. */
export interface NumaParams {
  /** A power of two, 16 MiB to 64 GiB. */
  readonly workingSetBytes: number;
  readonly pattern: Pattern;
  /** Entries of the second TLB: its reach is 4 KiB times that. */
  readonly secondTlb: number;
  /** Entries of the PDE cache. */
  readonly walkCache: number;
  readonly cacheBytes: number;
  readonly localCycles: number;
  readonly remoteCycles: number;
  /** By how much remote latency grows because others use the other node: 1 for an idle one. */
  readonly remoteLoad: number;
  /** Accesses under way at once. */
  readonly inFlight: number;
}

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const PAGE_BYTES = 4096;

/** The machine of the Mitosis paper, and the program that it names for the largest effect: random updates (GUPS). */
export const NUMA_DEFAULTS: NumaParams = {
  workingSetBytes: 64 * GIB,
  pattern: 'random',
  secondTlb: 1024,
  walkCache: 32,
  cacheBytes: 35 * MIB,
  localCycles: 280,
  remoteCycles: 580,
  remoteLoad: 1,
  inFlight: 10,
};

export const WORKING_SETS: readonly number[] = [16 * MIB, 64 * MIB, 256 * MIB, GIB].concat([
  4 * GIB,
  16 * GIB,
  64 * GIB,
]);
export const PATTERNS: readonly Pattern[] = ['random', 'zipf', 'sequential'];
export const TLB_SIZES: readonly number[] = [64, 256, 1024, 4096, 16384];
export const WALK_CACHES: readonly number[] = [0, 16, 32, 64, 128, 256];
/** What a process has of the last-level cache: all of the paper's machine, or its share beside others. */
export const CACHE_SIZES: readonly number[] = [MIB, 2.5 * MIB, 8 * MIB, 35 * MIB];
export const REMOTE_LOADS: readonly number[] = [1, 1.5, 2, 3];
export const IN_FLIGHT: readonly number[] = [1, 2, 4, 10];

/** The parts that are no parameters. */
const FIRST_TLB = 64;
export const CACHED_CYCLES = 42;
const SECOND_TLB_CYCLES = 7;
const OWN_CYCLES = 4;
const WALKERS = 1;

export function shapeOf({ secondTlb, walkCache, cacheBytes }: NumaParams): CpuShape {
  return { firstTlb: FIRST_TLB, secondTlb, walkCache, cacheBytes };
}

export function programOf({ pattern, workingSetBytes }: NumaParams): Program {
  return { pattern, pages: workingSetBytes / PAGE_BYTES, seed: 1 };
}

export function latenciesOf(params: NumaParams): Latencies {
  return {
    localCycles: params.localCycles,
    remoteCycles: params.remoteCycles * params.remoteLoad,
    cachedCycles: CACHED_CYCLES,
    secondTlbCycles: SECOND_TLB_CYCLES,
    ownCycles: OWN_CYCLES,
    inFlight: params.inFlight,
    walkers: WALKERS,
  };
}
