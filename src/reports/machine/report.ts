import type { Chart } from '../chart.ts';
import { countKinds } from '../memory/map-kinds.ts';
import { framesIn } from '../../machine/buddy/zone.ts';
import { machineCharts } from './charts.ts';
import { type Machine, machineMap } from './machine.ts';
import { MACHINE_LIMITS, MACHINE_METHOD } from './method.ts';
import {
  blocksOfFreeFrames,
  type Reach,
  reachableBlocks,
  sumBlocks,
  type TableBlocks,
  tableBlocks,
} from './reachable.ts';
import { type Check, checksOf, type Kinds, kindsOf, largestOf, type Largest } from './totals.ts';

/** Free blocks by order, over all zones. */
export interface FreeBlocks {
  /** /proc/buddyinfo. */
  readonly now: readonly number[];
  /** The same from the frames: what is joined there need not be one block, where a CPU keeps frames to itself. */
  readonly nowFromFrames: readonly number[];
  /** At best, tables staying: with frames that have no flag in use, and (High) not in use. */
  readonly compaction: readonly number[];
  readonly compactionHigh: readonly number[];
  /** At best, tables moving like pages. */
  readonly relocatable: readonly number[];
  readonly relocatableHigh: readonly number[];
}

export interface MachineReport {
  readonly name: string;
  readonly kernel: string;
  readonly frames: number;
  /** Pages of 4 KiB. */
  readonly kinds: Kinds;
  /** Kinds that no frame shows: their figures are /proc/meminfo's. */
  readonly fromMeminfo: readonly (keyof Kinds)[];
  readonly largestNonMovable: keyof Kinds;
  /** What the answer leaves open. */
  readonly largest: Largest;
  readonly freeBlocks: FreeBlocks;
  readonly tableBlocks: TableBlocks;
  readonly checks: readonly Check[];
  readonly missing: readonly string[];
  readonly charts: readonly Chart[];
  readonly method: readonly string[];
  readonly limits: readonly string[];
}

/** Frames of a pageblock on x86-64. */
const PAGEBLOCK = 512;

/** What the frames of a machine say. `map` is for drawing: the kind of each frame. */
export function machineReport(machine: Machine): {
  readonly report: MachineReport;
  readonly map: Uint8Array;
} {
  const map = machineMap(machine);
  const counts = countKinds(map);
  const kinds = kindsOf(machine, counts);
  const largest = largestOf(kinds);
  const freeBlocks = freeBlocksOf(machine, map);
  const report: MachineReport = {
    name: machine.name,
    kernel: machine.kernel,
    frames: machine.frames,
    kinds,
    fromMeminfo: [
      'slabUnreclaimable',
      'slabReclaimable',
      'kernelStack',
      'percpu',
      'vmallocWithoutStacks',
      'unflaggedFree',
      'unflaggedBoot',
    ],
    largestNonMovable: largest.kind,
    largest,
    freeBlocks,
    tableBlocks: tableBlocks(map, PAGEBLOCK),
    checks: checksOf(machine, kinds, framesIn(freeBlocks.now)),
    missing: machine.missing,
    charts: machineCharts(kinds, freeBlocks),
    method: MACHINE_METHOD,
    limits: MACHINE_LIMITS,
  };
  return { report, map };
}

function freeBlocksOf({ zones }: Machine, map: Uint8Array): FreeBlocks {
  const used = zones.filter(({ spanned }) => spanned > 0);
  const reach = (wish: Reach): number[] => sumBlocks(used.map((zone) => reachableBlocks(map, zone, wish)));
  return {
    now: sumBlocks(used.map(({ free }) => free)),
    nowFromFrames: sumBlocks(used.map((zone) => blocksOfFreeFrames(map, zone))),
    compaction: reach({ tablesMove: false, unflagged: 'pinned' }),
    compactionHigh: reach({ tablesMove: false, unflagged: 'free' }),
    relocatable: reach({ tablesMove: true, unflagged: 'pinned' }),
    relocatableHigh: reach({ tablesMove: true, unflagged: 'free' }),
  };
}
