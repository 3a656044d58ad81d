import { describe, expect, it } from 'vitest';
import { isReached, type Lesson, partsDone } from './lesson.ts';
import { LESSONS } from './lessons.ts';
import { openSession, playOn, scheduleOf, seenOf, startOfStep } from './play.ts';

/** Plays a lesson to its end; gives the option that came true in each prediction. */
function playLesson(lesson: Lesson): readonly string[] {
  let session = openSession(lesson.source);
  return lesson.steps.map((step, i) => {
    if (step.opens !== undefined) session = openSession(step.opens);
    const since = session.records.length;
    expect(isReached(step.goal, seenOf(session), since), 'reached before anything was done').toBe(false);
    expect(startOfStep(lesson, i)).toEqual({ source: session.source, schedule: scheduleOf(session) });
    expect(partsDone(step.play, seenOf(session), since), 'parts done before anything was').toBe(0);
    playOn(session, step.play);
    const told = session.records.map(({ label }) => label).join('\n');
    expect(isReached(step.goal, seenOf(session), since), `${lesson.id} step ${String(i)}\n${told}`).toBe(
      true,
    );
    return step.predict?.truth(seenOf(session)) ?? '';
  });
}

/** What came true when the texts were written: their reasons speak of it. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  table: ['2', 'same'],
  walk: ['4', '1'],
  caches: ['both', 'no'],
  dirty: ['no', 'yes'],
  levels: ['2', '2'],
  faults: ['no', 'ptl'],
  'shoot-down': ['yes', 'no'],
  'why-move': ['1'],
  swing: ['old', 'old'],
  limbo: ['limbo', 'no'],
  delimbo: ['new', 'yes'],
  rcu: ['freed'],
  'dirty-race': ['no'],
  versions: ['breaks', 'no', 'yes'],
  'other-ways': ['fault', 'no'],
  replicas: ['1', 'yes', 'yes'],
};

describe('every lesson', () => {
  it('is there: at least twelve, each with an id of its own and 3 to 8 minutes long', () => {
    expect(LESSONS.length).toBeGreaterThanOrEqual(12);
    expect(Object.keys(TOLD)).toEqual(LESSONS.map(({ id }) => id));
    for (const { minutes } of LESSONS) expect(minutes >= 3 && minutes <= 8).toBe(true);
  });

  it.each(LESSONS)('$id can be played to its end, and the engine says what its text says', (lesson) => {
    expect(playLesson(lesson)).toEqual(TOLD[lesson.id]);
  });

  it.each(LESSONS)(
    '$id offers each answer once, the true one among them, with a reason, and says what to do for each part',
    (lesson) => {
      for (const [i, { predict }] of lesson.steps.entries()) {
        const ids = predict?.options.map(({ id }) => id) ?? [];
        expect(new Set(ids).size).toBe(ids.length);
        if (predict !== undefined) expect(ids).toContain(TOLD[lesson.id]?.[i]);
      }
      for (const { todo, play } of lesson.steps) expect(todo.length).toBe(play.length);
    },
  );
});
