import { create } from 'zustand';
import { showDock, showScreen, WORKBENCH } from '../store/screens.ts';
import { open, useWorkbench } from '../store/workbench.ts';
import type { Source } from '../worker/protocol.ts';
import { isReached, type Lesson, type Seen } from './lesson.ts';
import { openSession, playOn, scheduleOf, startOfStep } from './play.ts';
import { noteLesson, useProgress } from './progress.ts';

/** The lesson beside the workbench. */
export interface CurrentLesson {
  readonly lesson: Lesson | null;
  readonly index: number;
  /** Where the step begins: its run, and the steps taken in it. */
  readonly source: Source | null;
  readonly since: number;
  /** The option that the learner predicts. */
  readonly predicted: string | null;
  readonly done: boolean;
  /** The option that came true, once the step is done. */
  readonly truth: string | null;
}

const NONE: CurrentLesson = {
  ...{ lesson: null, index: 0, source: null, since: 0 },
  ...{ predicted: null, done: false, truth: null },
};
export const useLesson = create<CurrentLesson>(() => NONE);
const { getState: get, setState: set } = useLesson;

/** True when the run on screen is the one that the lesson is about. */
export function isOnScreen(source: Source | null): boolean {
  return JSON.stringify(useWorkbench.getState().opened?.source) === JSON.stringify(source);
}

function seenOnScreen(): Seen | null {
  const { scene, opened, records, cursor } = useWorkbench.getState();
  return scene === null || opened === null
    ? null
    : { scene, actors: opened.actors, records: records.slice(0, cursor) };
}

/** Notes it when what was asked for has happened on screen. */
function look(): void {
  const { lesson, index, since, done, source } = get();
  const step = lesson?.steps[index];
  const seen = seenOnScreen();
  if (lesson === null || step === undefined || seen === null || done || !isOnScreen(source)) return;
  if (!isReached(step.goal, seen, since)) return;
  set({ done: true, truth: step.predict?.truth(seen) ?? null });
  noteLesson(lesson.id, Math.max(index + 1, useProgress.getState().lessons[lesson.id] ?? 0));
}

useWorkbench.subscribe(look);

/** Opens a step of a lesson; the steps before it in the same run are taken for the learner. */
export async function openStep(lesson: Lesson, index: number): Promise<void> {
  const { source, schedule } = startOfStep(lesson, index);
  set(NONE, true);
  showScreen(WORKBENCH);
  showDock('lesson');
  if (!(await open(source, { schedule, cursor: schedule.length }))) return;
  set({ ...NONE, lesson, index, source, since: schedule.length }, true);
}

/** On to the next step: in the run as the learner left it where the texts allow it. */
export async function nextStep(): Promise<void> {
  const { lesson, index, source } = get();
  if (lesson === null) return;
  const next = index + 1;
  if (lesson.steps[next]?.opens !== undefined) await openStep(lesson, next);
  else set({ ...NONE, lesson, index: next, source, since: useWorkbench.getState().cursor }, true);
}

/** Does what the step asks for, from its beginning. */
export async function showMe(): Promise<void> {
  const { lesson, index, source, since } = get();
  const step = lesson?.steps[index];
  if (step === undefined || source === null) return;
  const { records } = useWorkbench.getState();
  const session = openSession(
    source,
    records.slice(0, since).map(({ actor, move }) => [actor, move] as const),
  );
  playOn(session, step.play);
  const schedule = scheduleOf(session);
  await open(source, { schedule, cursor: schedule.length });
}

export function predict(option: string): void {
  set({ predicted: option });
}

export function leaveLesson(): void {
  set(NONE, true);
  showDock(null);
}
