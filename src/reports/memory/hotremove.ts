import type { Assumption } from '../assumption.ts';
import type { Chart } from '../chart.ts';
import { createRng } from '../../lib/rng.ts';
import { MEMORY_LIMITS, memoryAssumptions } from './assumptions.ts';
import { hotremoveCharts } from './charts.ts';
import { namedKinds } from './defrag.ts';
import { copyLife, type Life } from './life.ts';
import { type Memory, NOTHING } from './memory.ts';
import { offline, type Offlining } from './offlining.ts';
import { type Recording, startRecording } from './recording.ts';
import { relocationUnderThreads, type SmallWorldEvidence } from './small-world.ts';
import { HOTREMOVE_WORLD, liveLife, type WorldPlan } from './worlds.ts';

export type RemovalId = 'tables-stay' | 'tables-move' | 'kernel-inside';

export interface HotremoveOptions {
  readonly seed: number;
  readonly plan?: WorldPlan;
  /** Frames [start, end) to be removed, whole pageblocks of one node; null: the last node. */
  readonly range: { readonly start: number; readonly end: number } | null;
}

/** One attempt to remove the range. */
export interface Removal extends Offlining {
  readonly id: RemovalId;
  readonly relocatable: boolean;
  /** Frames of the range by kind, before. */
  readonly kinds: Readonly<Record<string, number>>;
  /** What the threads did meanwhile; every write must be found again. */
  readonly threads: {
    readonly writes: number;
    readonly faults: number;
    /** Writes that no page in memory has seen: 0, or the model moves pages wrongly. */
    readonly writesLost: number;
  };
  readonly recording: Recording;
}

export interface HotremoveReport {
  readonly seed: number;
  readonly frames: number;
  readonly framesPerNode: number;
  readonly range: { readonly start: number; readonly end: number };
  readonly removals: readonly Removal[];
  /** The threads' part with the real engine: every step of faults, writes and relocation. */
  readonly smallWorld: SmallWorldEvidence;
  readonly charts: readonly Chart[];
  readonly assumptions: readonly Assumption[];
  readonly limits: readonly string[];
}

interface Attempt {
  readonly id: RemovalId;
  readonly relocatable: boolean;
}

/** In the last one the kernel had put memory of its own there, too. */
const ATTEMPTS: readonly Attempt[] = [
  { id: 'tables-stay', relocatable: false },
  { id: 'tables-move', relocatable: true },
  { id: 'kernel-inside', relocatable: true },
];

/** A range of frames is to be taken out of a running machine: three attempts, which differ in what keeps it. */
export function hotremove(
  { seed, plan = HOTREMOVE_WORLD, range }: HotremoveOptions,
  tell: (share: number) => void = () => undefined,
): HotremoveReport {
  const { frames, nodes } = plan.size;
  const wanted = range ?? { start: (nodes - 1) * frames, end: nodes * frames };
  const quiet = liveLife(plan, seed);
  tell(0.4);
  const life = { ...plan.life, kernelNodes: plan.size.nodes === 1 ? [0] : [0, nodes - 1] };
  const mixed = liveLife({ ...plan, life }, seed);
  tell(0.8);
  const removals = ATTEMPTS.map((attempt) => {
    const source = attempt.id === 'kernel-inside' ? mixed : quiet;
    return remove(copyLife(source, createRng(seed)), attempt, wanted);
  });
  tell(0.9);
  return {
    seed,
    frames: nodes * frames,
    framesPerNode: frames,
    range: wanted,
    removals,
    smallWorld: relocationUnderThreads(20),
    charts: hotremoveCharts(removals),
    assumptions: memoryAssumptions(plan),
    limits: MEMORY_LIMITS,
  };
}

const WRITES_PER_BATCH = 4;

function remove(life: Life, { id, relocatable }: Attempt, range: HotremoveReport['range']): Removal {
  const { memory } = life;
  const kinds = namedKinds(memory.map.subarray(range.start, range.end));
  const before = { ...life.done, written: writesIn(memory) };
  memory.recorder = startRecording(memory.map);
  const { recorder } = memory;
  const result = offline(life, { range, relocatable, writesPerBatch: WRITES_PER_BATCH });
  const writes = life.done.writes - before.writes;
  return {
    id,
    relocatable,
    kinds,
    ...result,
    threads: {
      writes,
      faults: life.done.faults - before.faults,
      writesLost: before.written + writes - writesIn(memory),
    },
    recording: recorder,
  };
}

/** All writes that the pages in memory have seen. */
function writesIn({ pages }: Memory): number {
  return pages.reduce((sum, { frame, written }) => sum + (frame === NOTHING ? 0 : written), 0);
}
