import type { Lesson } from './lesson.ts';
import { CACHES } from './texts/caches.ts';
import { DELIMBO } from './texts/delimbo.ts';
import { DIRTY } from './texts/dirty.ts';
import { DIRTY_RACE } from './texts/dirty-race.ts';
import { FAULTS } from './texts/faults.ts';
import { LEVELS } from './texts/levels.ts';
import { LIMBO } from './texts/limbo.ts';
import { OTHER_WAYS } from './texts/other-ways.ts';
import { RCU } from './texts/rcu.ts';
import { REPLICAS } from './texts/replicas.ts';
import { SHOOT_DOWN } from './texts/shoot-down.ts';
import { SWING } from './texts/swing.ts';
import { TABLE } from './texts/table.ts';
import { VERSIONS } from './texts/versions.ts';
import { WALK } from './texts/walk.ts';
import { WHY_MOVE } from './texts/why-move.ts';

/** All lessons, in the order in which they build on each other. */
export const LESSONS: readonly Lesson[] = [
  TABLE,
  WALK,
  CACHES,
  DIRTY,
  LEVELS,
  FAULTS,
  SHOOT_DOWN,
  WHY_MOVE,
  SWING,
  LIMBO,
  DELIMBO,
  RCU,
  DIRTY_RACE,
  VERSIONS,
  OTHER_WAYS,
  REPLICAS,
];

export function lessonOf(id: string | undefined): Lesson | null {
  return LESSONS.find((lesson) => lesson.id === id) ?? null;
}
