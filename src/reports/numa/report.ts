import type { Assumption } from '../assumption.ts';
import type { Chart } from '../chart.ts';
import { NUMA_LIMITS, numaAssumptions } from './assumptions.ts';
import { cyclesPerAccess, memoryReferences, remoteReferences } from './cycles.ts';
import { latenciesOf, type NumaParams } from './params.ts';
import type { Policy } from './policies.ts';
import { publishedFigures, type PublishedFigure } from './published.ts';
import { sweepCharts } from './sweeps.ts';
import { type PolicyRun, runPolicies, timelineCharts } from './timeline.ts';
import type { Tally } from './simulate.ts';

/** How a policy ends: its last windows, when all has settled. */
export interface PolicyEnd {
  readonly policy: Policy;
  readonly title: string;
  readonly cyclesPerAccess: number;
  readonly remoteShare: number;
  /** Against the policy that is best. */
  readonly timesSlower: number;
}

export interface NumaReport {
  readonly params: NumaParams;
  readonly ends: readonly PolicyEnd[];
  readonly charts: readonly Chart[];
  readonly assumptions: readonly Assumption[];
  readonly limits: readonly string[];
}

export interface NumaSweeps {
  readonly params: NumaParams;
  readonly charts: readonly Chart[];
  readonly published: readonly PublishedFigure[];
}

/** A process moves from node 0 to node 1, in four ways. */
export function numaReport(params: NumaParams, tell: (share: number) => void): NumaReport {
  const runs = runPolicies(params, tell);
  return {
    params,
    ends: endsOf(runs, params),
    charts: timelineCharts(runs, params),
    assumptions: numaAssumptions(params),
    limits: NUMA_LIMITS,
  };
}

/** What tables left behind cost, by what it depends on, and against what was published. */
export function numaSweeps(params: NumaParams, tell: (share: number) => void): NumaSweeps {
  return { params, charts: sweepCharts(params, tell), published: publishedFigures() };
}

const SETTLED_WINDOWS = 5;

function endsOf(runs: readonly PolicyRun[], params: NumaParams): readonly PolicyEnd[] {
  const latencies = latenciesOf(params);
  const ends = runs.map(({ policy, title, windows }) => {
    const last = windows.slice(-SETTLED_WINDOWS);
    const mean = (value: (tally: Tally) => number): number =>
      last.reduce((sum, tally) => sum + value(tally), 0) / last.length;
    const remoteShare = mean(remoteReferences) / mean(memoryReferences);
    return {
      policy,
      title,
      cyclesPerAccess: mean((tally) => cyclesPerAccess(tally, latencies)),
      remoteShare,
    };
  });
  const best = Math.min(...ends.map((end) => end.cyclesPerAccess));
  return ends.map((end) => ({ ...end, timesSlower: end.cyclesPerAccess / best }));
}
