import type { LineChart } from '../chart.ts';
import { cyclesPerAccess, remoteShare, trafficBytes } from './cycles.ts';
import { latenciesOf, type NumaParams, programOf, shapeOf } from './params.ts';
import { isFlushedAt, placementAt, POLICIES, type Policy, WINDOWS } from './policies.ts';
import { createSimulation, emptyTally, flush, simulate, type Tally } from './simulate.ts';

/** What happened in each window of time, for one policy. */
export interface PolicyRun {
  readonly policy: Policy;
  readonly title: string;
  readonly windows: readonly Tally[];
}

const WARM_UP = 300_000;
const WINDOW_ACCESSES = 15_000;

/** A process before, while and after it moves from node 0 to node 1. The same accesses whatever the policy. */
export function runPolicy(policy: Policy, params: NumaParams): readonly Tally[] {
  const program = programOf(params);
  const sim = createSimulation(shapeOf(params), program);
  simulate(sim, { count: WARM_UP, placement: placementAt(policy, 0, program.pages), tally: emptyTally() });
  return Array.from({ length: WINDOWS }, (_, window) => {
    if (isFlushedAt(policy, window)) flush(sim);
    const tally = emptyTally();
    simulate(sim, { count: WINDOW_ACCESSES, placement: placementAt(policy, window, program.pages), tally });
    return tally;
  });
}

export function runPolicies(params: NumaParams, tell: (share: number) => void): readonly PolicyRun[] {
  return POLICIES.map(({ id, title }, i) => {
    tell(i / POLICIES.length);
    return { policy: id, title, windows: runPolicy(id, params) };
  });
}

/** The three pictures over time. */
export function timelineCharts(runs: readonly PolicyRun[], params: NumaParams): readonly LineChart[] {
  const latencies = latenciesOf(params);
  const x = { title: 'thousand accesses', words: 'number', scale: 'linear' } as const;
  const series = (value: (tally: Tally) => number): LineChart['series'] =>
    runs.map(({ title, windows }) => ({
      name: title,
      points: windows.map((tally, i) => [((i + 1) * WINDOW_ACCESSES) / 1000, value(tally)] as const),
    }));
  const common = { kind: 'line', x } as const;
  return [
    {
      ...common,
      id: 'numa-remote',
      title: 'Share of remote references over time',
      about:
        'Of references that leave the caches. The process moves at 150 thousand accesses, its data until 225.',
      y: { title: 'remote references', words: 'percent', scale: 'linear' },
      series: series(remoteShare),
    },
    {
      ...common,
      id: 'numa-cycles',
      title: 'Cycles for each access over time',
      about: 'Where tables are left behind, every walk goes on paying for the way to the old node.',
      y: { title: 'cycles an access', words: 'number', scale: 'linear' },
      series: series((tally) => cyclesPerAccess(tally, latencies)),
    },
    {
      ...common,
      id: 'numa-traffic',
      title: 'Traffic between nodes over time',
      about: 'A line of 64 bytes for each remote reference; what is copied in the move itself is not in it.',
      y: { title: 'bytes an access', words: 'number', scale: 'linear' },
      series: series((tally) => trafficBytes(tally) / tally.accesses),
    },
  ];
}
