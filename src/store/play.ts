import { EVENT_WORDS, eventFrom, type EventKind } from '../worker/events.ts';
import { takePaced } from './paced.ts';
import { useStops } from './stops.ts';
import { advancePlaying, runOn, seek, useWorkbench } from './workbench.ts';

const { getState: get, setState: set } = useWorkbench;

/** Speeds offered, in steps a second. */
export const SPEEDS: readonly number[] = [1, 2, 4, 8, 15, 30, 60, 250, 1000];

/** True when nobody can move and nothing is recorded beyond the cursor. */
export function atEnd({ cursor, length, choices }: ReturnType<typeof get>): boolean {
  return cursor === length && !choices.some(({ enabled }) => enabled);
}

/** Plays at the chosen speed until it is paused, nobody can move, or a step violates a property. */
export async function play(): Promise<void> {
  if (get().playing || atEnd(get())) return;
  set({ playing: true });
  await takePaced({
    isOn: () => get().playing,
    stepsPerSecond: () => get().stepsPerSecond,
    take: playSome,
  });
}

async function playSome(steps: number): Promise<void> {
  const before = get().cursor;
  await advancePlaying(steps);
  if (get().stopped !== null || get().cursor === before || atEnd(get())) pause();
}

export function pause(): void {
  set({ playing: false });
}

export function togglePlay(): void {
  if (get().playing) pause();
  else void play();
}

/** Goes to the nearest event of the chosen kind, later or earlier. Where none is recorded later, runs on until there is one. */
export async function jump(by: 1 | -1, event: EventKind = useStops.getState().event): Promise<void> {
  const found = eventFrom(event, get().records, { cursor: get().cursor, by });
  if (found !== null) return seek(found);
  if (by === -1) {
    tell(`No ${EVENT_WORDS[event]} before this step.`);
    return;
  }
  await seek(get().length);
  await runOn([{ kind: 'event', event }]);
  if (get().stopped === null)
    tell(
      `No ${EVENT_WORDS[event]} from there to the end of this run: another seed or another choice may lead to one, and Search… tries every schedule.`,
    );
}

function tell(text: string): void {
  set({ notice: { tone: 'info', text, reopen: false } });
}
