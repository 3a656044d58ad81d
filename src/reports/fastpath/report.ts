import { VERSIONS } from '../../designs/versions.ts';
import type { Design } from '../../kernel/design.ts';
import type { Assumption } from '../assumption.ts';
import type { Chart } from '../chart.ts';
import { FASTPATH_LIMITS, fastpathAssumptions } from './assumptions.ts';
import { charge, type ChargedStep, countOperations, subtractCounts } from './charge.ts';
import { fastpathCharts } from './charts.ts';
import { flushChart } from './flush-chart.ts';
import { runFlushes } from './flush-runs.ts';
import { type CostedMachine, costOf, MACHINES } from './machines.ts';
import { baseOf, middleNs, publishedSlowdown } from './published.ts';
import { traceFault } from './trace.ts';
import type { FastpathParams, VersionCost } from './version-cost.ts';

export const FASTPATH_DEFAULTS: FastpathParams = { machine: 'opteron-844', missShare: 0 };

export interface FastpathReport {
  readonly versions: readonly VersionCost[];
  readonly params: FastpathParams;
  readonly machine: CostedMachine;
  readonly charts: readonly Chart[];
  readonly assumptions: readonly Assumption[];
  readonly limits: readonly string[];
}

/** The same program without the routines that only relocation has, and without the checks that serve only it. */
export function baselineSteps(design: Design): readonly ChargedStep[] {
  return traceFault({ ...design, emptyUpper: 'trust' })
    .map(charge)
    .filter(({ forRelocation }) => !forRelocation);
}

function costVersion({ id, title, design }: (typeof VERSIONS)[number]) {
  const steps = traceFault(design).map(charge);
  const extra = subtractCounts(countOperations(steps), countOperations(baselineSteps(design)));
  return { version: id, title, steps, extra, base: baseOf(id), published: publishedSlowdown(id) };
}

/** The machine of that id. Throws when there is none. */
function machineOf(id: string): CostedMachine {
  const found = MACHINES.find((machine) => machine.id === id);
  if (found === undefined) throw new Error(`no machine ${id}`);
  return found;
}

/** What every page fault pays for relocation that is compiled in and idle, for every version. */
export function fastpathReport(params: FastpathParams): FastpathReport {
  const machine = machineOf(params.machine);
  const versions = VERSIONS.map(costVersion).map((version) => {
    const extraNs = costOf(version.extra, machine.costs, params.missShare);
    const slowdownPercent = (extraNs / middleNs(version.base)) * 100;
    const { published } = version;
    const offBy = published === null ? null : slowdownPercent / published;
    return { ...version, extraNs, slowdownPercent, offBy };
  });
  return {
    versions,
    params,
    machine,
    charts: [
      ...fastpathCharts(versions, machine, params),
      flushChart(runFlushes('flag', 'four', 4), runFlushes('per-table', 'four', 4)),
    ],
    assumptions: fastpathAssumptions(machine),
    limits: FASTPATH_LIMITS,
  };
}
