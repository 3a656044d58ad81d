import { seededChoice } from '../lib/rng.ts';
import type { Choice, StepRecord } from '../worker/moment-messages.ts';

export interface NextArgs {
  readonly cursor: number;
  readonly records: readonly StepRecord[];
  readonly choices: readonly Choice[];
  readonly seed: number;
}

export interface NextStep {
  readonly actor: number;
  readonly label: string;
}

/**
 * The step that `advance` will take: the recorded one, else the one of the seeded scheduler. Null when nobody can
 * move. Its choice is that of `seededMove` in explorer/run.ts; a test holds the two together.
 */
export function nextStep({ cursor, records, choices, seed }: NextArgs): NextStep | null {
  const recorded = records[cursor];
  if (recorded !== undefined) return recorded;
  const possible = choices.filter(({ enabled }) => enabled);
  if (possible.length === 0) return null;
  return possible[seededChoice(seed, cursor, possible.length)] ?? null;
}
