import type { Challenge } from './challenge.ts';
import { FIRST_CHALLENGES } from './texts/first-challenges.ts';
import { LAST_CHALLENGES } from './texts/last-challenges.ts';

/** Rising: each asks for a little more than the one before. */
export const CHALLENGES: readonly Challenge[] = [...FIRST_CHALLENGES, ...LAST_CHALLENGES];

export function challengeOf(id: string | undefined): Challenge | null {
  return CHALLENGES.find((one) => one.id === id) ?? null;
}
