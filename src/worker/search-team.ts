import { brokenProperties } from '../explorer/shared-findings.ts';
import { Ended, type SharedSpace, Word } from '../explorer/shared-space.ts';
import { at } from '../lib/at.ts';
import type { Control } from './in-slices.ts';
import { firstOf, workerOf } from './search-program.ts';
import type { Outcome, SpaceMade } from './search-protocol.ts';
import type { Stage, StageArgs } from './search-stage.ts';
import { sharedFigures } from './shared-figures.ts';

const REPORT_MS = 125;

/**
 * Searches in several workers over shared memory. They hear no messages while they search: what the user wants is written into that memory,
 * and how far they are is read there. The outcome is null when the memory could not be reserved.
 */
export function searchTogether(args: StageArgs, workers: number): Stage<Outcome | null> {
  const { source, subject, bounds } = args;
  const { reduce } = source;
  const team = Array.from({ length: workers }, () => workerOf(source));
  const lead = at(team, 0);
  const clock = stopwatch();
  let space: SharedSpace | null = null;
  let wanted: Control = { paused: false, stopped: false };
  let ticking: ReturnType<typeof setInterval> | undefined;
  const begin = async (): Promise<Outcome | null> => {
    const command = { do: 'lead', subject, reduce, bounds, workers } as const;
    const made = await firstOf(lead, command, (a) => (a.kind === 'space' || a.kind === 'no room' ? a : null));
    if (made.kind === 'no room') return null;
    space = made.space;
    signal(space, wanted);
    ticking = setInterval(() => report(args, made, clock.seconds()), REPORT_MS);
    return await Promise.race(
      team.map((worker, index) =>
        firstOf(worker, { do: 'join', subject, reduce, space: made.space, index }, (a) =>
          a.kind === 'outcome' ? a : null,
        ),
      ),
    );
  };
  const close = (): void => {
    clearInterval(ticking);
    for (const worker of team) worker.terminate();
  };
  const withSeconds = (outcome: Outcome): Outcome => ({
    ...outcome,
    figures: { ...outcome.figures, seconds: clock.seconds() },
  });
  return {
    outcome: begin()
      .then((outcome) => (outcome === null ? null : withSeconds(outcome)))
      .finally(close),
    obey: (now) => {
      wanted = { ...now };
      clock.run(!now.paused);
      if (space !== null) signal(space, wanted);
    },
    close,
  };
}

/** Writes what the user wants where the workers look, and wakes those that pause. */
function signal({ control }: SharedSpace, { paused, stopped }: Control): void {
  if (stopped) Atomics.compareExchange(control, Word.end, Ended.no, Ended.user);
  Atomics.store(control, Word.paused, paused && !stopped ? 1 : 0);
  Atomics.notify(control, Word.paused);
}

function report({ onProgress }: StageArgs, { space, properties }: SpaceMade, seconds: number): void {
  const broken = brokenProperties(space, properties);
  onProgress({
    kind: 'figures',
    stage: 'search',
    figures: sharedFigures(space, seconds),
    workers: space.workers,
    broken,
  });
}

/** Seconds, those left out in which it did not run. */
function stopwatch() {
  let [before, since] = [0, performance.now()];
  let isRunning = true;
  const elapsed = (): number => before + (isRunning ? performance.now() - since : 0);
  const run = (on: boolean): void => {
    [before, since] = [elapsed(), performance.now()];
    isRunning = on;
  };
  return { run, seconds: (): number => elapsed() / 1000 };
}
