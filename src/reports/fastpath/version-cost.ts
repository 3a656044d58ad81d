import type { ChargedStep, Counts } from './charge.ts';
import type { Measured } from './published.ts';

export interface FastpathParams {
  /** Id of a machine of MACHINES. */
  readonly machine: string;
  /** How often another CPU wrote the process's line since this one's last fault, 0 to 1. lmbench is alone: 0. */
  readonly missShare: number;
}

export interface VersionCost {
  readonly version: string;
  readonly title: string;
  /** Of a page fault while nothing moves, in % of the same fault without relocation. */
  readonly slowdownPercent: number;
  /** Null where nobody published one. */
  readonly published: number | null;
  /** Model divided by published. */
  readonly offBy: number | null;
  readonly extraNs: number;
  readonly base: Measured;
  /** What it does more often than the baseline. */
  readonly extra: Counts;
  readonly steps: readonly ChargedStep[];
}
