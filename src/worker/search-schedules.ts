import type { Control } from './in-slices.ts';
import type { Schedule } from './protocol.ts';
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

/**
 * An outcome with the schedules that were asked for, where those of its search are not: with the fewest switches, or as short as there can be where it was
 * searched with reductions. What the bounds leave no time for keeps the schedule that it has, and says what that may not be.
 */
export async function withSchedules(
  outcome: Outcome,
  { reduce = false, shortest = 'steps', stage }: SchedulesWanted,
  { run, wanted }: Running,
): Promise<Outcome> {
  const failing = failingIn(outcome);
  if (failing.length === 0) return { ...outcome, shortest };
  const told: Outcome = { ...outcome, shortest };
  if (shortest === 'switches' && !wanted.stopped) {
    const { schedules } = await run(searchFewest(stage, failing));
    if (schedules !== null) return withThose(told, { schedules });
  }
  const notFewest = shortest === 'switches' ? { notFewest: true } : {};
  if (!reduce) return withThose(told, { left: notFewest });
  const left = { ...notFewest, notShortest: true };
  if (wanted.stopped) return withThose(told, { left });
  const onProgress: StageArgs['onProgress'] = (progress) => stage.onProgress({ ...progress, stage: 'again' });
  const again = await run(searchAlone({ ...stage, onProgress }, { from: [], properties: failing }));
  const { states, depth } = again.figures;
  return {
    ...withThose(told, { schedules: schedulesIn(again), left, taken: notFewest }),
    again: { states, depth },
  };
}

type Flags = Pick<PropertyVerdict, 'notFewest' | 'notShortest'>;

interface Found {
  readonly schedules?: ReadonlyMap<string, Schedule>;
  /** What these may not be, and what those may not be that stay as they were. */
  readonly taken?: Flags;
  readonly left?: Flags;
}

/** With the schedules found in place of its own. */
function withThose(outcome: Outcome, { schedules = new Map(), taken, left }: Found): Outcome {
  const verdicts = outcome.verdicts.map((verdict) => {
    if (verdict.schedule === null) return verdict;
    const schedule = schedules.get(verdict.property);
    return schedule === undefined ? { ...verdict, ...left } : { ...verdict, schedule, ...taken };
  });
  return { ...outcome, verdicts };
}

function schedulesIn({ verdicts }: Outcome): ReadonlyMap<string, Schedule> {
  return new Map(
    verdicts.flatMap(({ property, schedule }) => (schedule === null ? [] : [[property, schedule] as const])),
  );
}
