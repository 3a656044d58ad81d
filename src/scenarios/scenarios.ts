import { CROWDS } from './crowds.ts';
import { FURTHER } from './further.ts';
import { HISTORY } from './history.ts';
import { PAIRS } from './pairs.ts';
import type { Scenario } from './scenario.ts';

/** All scenarios, the one that opens first at the head. */
export const SCENARIOS: readonly Scenario[] = [...PAIRS, ...CROWDS, ...FURTHER, ...HISTORY];

/** The scenario of that id; null when there is none. */
export function scenarioOf(id: string): Scenario | null {
  return SCENARIOS.find((scenario) => scenario.id === id) ?? null;
}
