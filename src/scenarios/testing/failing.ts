import { runInThisContext } from 'node:vm';
import { engineText, type MakeEngine, tablesObject } from '../../explorer/engine.ts';
import { checkProgress } from '../../explorer/liveness.ts';
import { createMachine, createModel } from '../../explorer/model.ts';
import { searchOn, startSearch } from '../../explorer/search.ts';
import type { Design } from '../../kernel/design.ts';
import { PROPERTIES } from '../../properties/properties.ts';
import { buildModel } from '../build.ts';
import type { Scenario } from '../scenario.ts';
import { SCENARIOS } from '../scenarios.ts';

const MOST_STATES = 20_000_000;
const warnings = new Set<string>(
  PROPERTIES.filter(({ severity }) => severity === 'warning').map(({ id }) => id),
);

/** Properties that fail somewhere in the whole state space of a scenario. */
export function failing(scenario: string, design: Design): readonly string[] {
  const found = SCENARIOS.find(({ id }) => id === scenario);
  if (found === undefined) throw new Error(`no scenario ${scenario}`);
  return failingIn(found, design);
}

/** The same for a scenario that need not be in the list. */
export function failingIn(scenario: Scenario, design: Design): readonly string[] {
  const spec = buildModel(scenario, design).model;
  const text = engineText(spec);
  const make = runInThisContext(text.text) as MakeEngine;
  const search = startSearch(make(createMachine(createModel(spec)).words, tablesObject(spec)), text);
  if (!searchOn(search, MOST_STATES))
    throw new Error(`${scenario.id} has more than ${String(MOST_STATES)} states`);
  const broken = [...search.violations.keys()].filter((id) => !warnings.has(id));
  const model = createModel(spec);
  const fresh = { engine: make(createMachine(model).words, tablesObject(spec)), text };
  const progress = checkProgress(model, fresh, { maxStates: MOST_STATES, excuse: 'out-of-memory' });
  return progress.verdict === 'holds' ? broken : [...broken, 'progress'];
}
