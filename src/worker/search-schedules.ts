import type { Control } from './in-slices.ts';
import type { Schedule } from './protocol.ts';
import { findSchedules, type FoundSchedules, type ScheduleSearches } from './schedule-searches.ts';
import type { Outcome, PropertyVerdict, Shortest } from './search-protocol.ts';
import { searchAlone, searchFewest, type Stage, type StageArgs } from './search-stage.ts';

/** How the parts of a search are done, one after the other, and what the user wants now. */
export interface Running {
  readonly run: <T>(stage: Stage<T>) => Promise<T>;
  readonly wanted: Readonly<Control>;
}

export interface SchedulesWanted {
  readonly reduce?: boolean;
  readonly shortest?: Shortest;
  /** Of an engine without reductions. */
  readonly stage: StageArgs;
}

/** Properties of states for which a schedule was found. */
export function failingIn({ verdicts }: Outcome): readonly string[] {
  return verdicts.flatMap(({ property, schedule }) => (schedule === null ? [] : [property]));
}

/** An outcome with the schedules that were asked for; what the bounds leave no time for keeps the schedule that it has, and says what that may not be. */
export async function withSchedules(
  outcome: Outcome,
  { reduce = false, shortest = 'steps', stage }: SchedulesWanted,
  { run, wanted }: Running,
): Promise<Outcome> {
  const onProgress: StageArgs['onProgress'] = (progress) => stage.onProgress({ ...progress, stage: 'again' });
  const searches: ScheduleSearches<Schedule> = {
    fewest: async (failing) => (await run(searchFewest(stage, failing))).schedules,
    again: async (properties) => {
      const found = await run(searchAlone({ ...stage, onProgress }, { from: [], properties }));
      const { states, depth } = found.figures;
      return { schedules: schedulesIn(found), states, depth };
    },
    isStopped: () => wanted.stopped,
  };
  const found = await findSchedules(failingIn(outcome), { shortest, reduce }, searches);
  const again = found.again ?? outcome.again;
  return {
    ...outcome,
    verdicts: outcome.verdicts.map((verdict) => withThose(verdict, found)),
    shortest,
    again,
  };
}

/** With the schedule found in place of its own. */
function withThose(
  verdict: PropertyVerdict,
  { schedules, taken, left }: FoundSchedules<Schedule>,
): PropertyVerdict {
  if (verdict.schedule === null) return verdict;
  const schedule = schedules.get(verdict.property);
  return schedule === undefined ? { ...verdict, ...left } : { ...verdict, schedule, ...taken };
}

function schedulesIn({ verdicts }: Outcome): ReadonlyMap<string, Schedule> {
  return new Map(
    verdicts.flatMap(({ property, schedule }) => (schedule === null ? [] : [[property, schedule] as const])),
  );
}
