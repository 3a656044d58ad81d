import { createRng } from '../../lib/rng.ts';
import {
  endProcess,
  beginLife,
  growKernel,
  type Life,
  type LifePlan,
  live,
  reclaim,
  startProcess,
} from './life.ts';
import { createMemory, type MemorySize } from './memory.ts';

/** Where a memory comes from: how large it is, what lives in it and for how long. */
export interface WorldPlan {
  readonly size: MemorySize;
  readonly life: LifePlan;
  /** Frames that the kernel takes before the first process. */
  readonly bootFrames: number;
  readonly actions: number;
  /** At the end of the life: of 100 processes how many end, of 100 file pages how many are dropped. */
  readonly endedPercent: number;
  readonly droppedPercent: number;
}

/** The geometry of x86-64: pageblocks of 2 MiB, 512 entries a table; 256 MiB, which is small, so that a life is short. */
const REAL_SIZE: MemorySize = { nodes: 1, frames: 65_536, orders: 11, blockOrder: 9 };

export const DEFRAG_WORLD: WorldPlan = {
  size: REAL_SIZE,
  life: {
    tableEntries: 512,
    regions: 128,
    processes: 40,
    kernelPerMille: 1,
    touchPerMille: 480,
    exitPerMille: 1,
    kernelNodes: [0],
  },
  bootFrames: 1500,
  actions: 160_000,
  endedPercent: 30,
  droppedPercent: 60,
};

/** Two nodes of 128 MiB; node 1 is there to be taken away, so the kernel keeps its own memory on node 0. */
export const HOTREMOVE_WORLD: WorldPlan = {
  size: { nodes: 2, frames: 32_768, orders: 11, blockOrder: 9 },
  life: {
    tableEntries: 512,
    regions: 64,
    processes: 12,
    kernelPerMille: 1,
    touchPerMille: 480,
    exitPerMille: 1,
    kernelNodes: [0],
  },
  bootFrames: 1500,
  actions: 120_000,
  endedPercent: 30,
  droppedPercent: 70,
};

/** The same with tables of 64 entries and pageblocks of 64 frames: every frame can be seen. */
export const SMALL_DEFRAG_WORLD: WorldPlan = {
  size: { nodes: 1, frames: 4096, orders: 8, blockOrder: 6 },
  life: {
    tableEntries: 64,
    regions: 40,
    processes: 24,
    kernelPerMille: 1,
    touchPerMille: 300,
    exitPerMille: 3,
    kernelNodes: [0],
  },
  bootFrames: 96,
  actions: 40_000,
  endedPercent: 30,
  droppedPercent: 60,
};

export const SMALL_HOTREMOVE_WORLD: WorldPlan = {
  ...SMALL_DEFRAG_WORLD,
  size: { nodes: 2, frames: 2048, orders: 8, blockOrder: 6 },
  life: { ...SMALL_DEFRAG_WORLD.life, processes: 5 },
  droppedPercent: 70,
};

/** A memory after a life of allocations. The same plan and seed give the same one. */
export function liveLife(plan: WorldPlan, seed: number): Life {
  const memory = createMemory(plan.size);
  const life = beginLife(memory, createRng(seed), plan.life);
  for (let i = 0; i < plan.bootFrames; i++) growKernel(life);
  for (let node = 0; node < plan.size.nodes; node++)
    for (let i = 0; i < plan.life.processes; i++) startProcess(life, node);
  for (let i = 0; i < plan.actions; i++) live(life);
  const ending = Math.floor((life.processes.length * plan.endedPercent) / 100);
  for (let i = 0; i < ending; i++) endProcess(life, life.rng.next(life.processes.length));
  reclaim(life, Math.floor((life.files.length * plan.droppedPercent) / 100));
  return life;
}
