import { create } from 'zustand';
import { remember, remembered } from '../store/memory.ts';

const KEY = 'limbo:learnt';

/** What this browser remembers of a learner: how far each lesson came, and the steps of each challenge won. */
export interface Progress {
  /** Steps of a lesson that are done, by its id. */
  readonly lessons: Readonly<Record<string, number>>;
  /** Fewest steps with which a challenge was won, by its id. */
  readonly challenges: Readonly<Record<string, number>>;
}

function numbersOf(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return {};
  const pairs = Object.entries(value).filter((pair): pair is [string, number] => Number.isInteger(pair[1]));
  return Object.fromEntries(pairs);
}

function restored(): Progress {
  try {
    const value: unknown = JSON.parse(remembered(KEY) ?? '{}');
    if (typeof value !== 'object' || value === null) return { lessons: {}, challenges: {} };
    const { lessons, challenges } = { lessons: null, challenges: null, ...value };
    return { lessons: numbersOf(lessons), challenges: numbersOf(challenges) };
  } catch {
    // What was kept cannot be read: the learner begins anew.
    return { lessons: {}, challenges: {} };
  }
}

export const useProgress = create<Progress>(restored);

function keep(progress: Progress): void {
  useProgress.setState(progress);
  remember(KEY, JSON.stringify(progress));
}

/** Notes that `done` steps of a lesson are behind the learner. */
export function noteLesson(id: string, done: number): void {
  const { lessons, challenges } = useProgress.getState();
  keep({ challenges, lessons: { ...lessons, [id]: done } });
}

/** Notes a challenge that was won; the fewest steps are kept. */
export function noteWon(id: string, steps: number): void {
  const { lessons, challenges } = useProgress.getState();
  keep({ lessons, challenges: { ...challenges, [id]: Math.min(steps, challenges[id] ?? steps) } });
}
