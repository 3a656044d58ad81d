import { costOfLeftBehind, gainOfReplicas, steadyTally } from './left-behind.ts';
import { NUMA_DEFAULTS } from './params.ts';
import { conditions } from './conditions.ts';

/** A figure that somebody measured, and what this model says in each of four conditions. */
export interface PublishedFigure {
  readonly what: string;
  /** Times slower, the largest that was seen. */
  readonly published: number;
  readonly source: string;
  readonly model: readonly { readonly condition: string; readonly value: number }[];
}

const MITOSIS = 'Achermann et al., Mitosis, ASPLOS 2020 (arXiv 1910.05398)';

/** The two figures of the paper against this model of its machine: a random working set of 64 GiB. Nothing is fitted. */
export function publishedFigures(): readonly PublishedFigure[] {
  const tally = steadyTally(NUMA_DEFAULTS);
  const all = conditions(NUMA_DEFAULTS);
  return [
    {
      what: 'process and data moved, tables left behind',
      published: 3.24,
      source: MITOSIS,
      model: all.map(({ name, latencies }) => ({
        condition: name,
        value: costOfLeftBehind(tally, latencies),
      })),
    },
    {
      what: 'four sockets, data and tables as they came, against a replica on each',
      published: 1.34,
      source: MITOSIS,
      model: all.map(({ name, latencies }) => ({
        condition: name,
        value: gainOfReplicas(NUMA_DEFAULTS, latencies),
      })),
    },
  ];
}
