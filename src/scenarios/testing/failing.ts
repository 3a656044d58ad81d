import { runInThisContext } from 'node:vm';
import { engineText, type MakeEngine, tablesObject } from '../../explorer/engine.ts';
import { checkProgress } from '../../explorer/liveness.ts';
import { createMachine, createModel, type ModelSpec } from '../../explorer/model.ts';
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

/** What a search of the whole state space of a model breaks. */
export function brokenIn(spec: ModelSpec): readonly string[] {
  const text = engineText(spec);
  const make = runInThisContext(text.text) as MakeEngine;
  const search = startSearch(make(createMachine(createModel(spec)).words, tablesObject(spec)), text);
  if (!searchOn(search, MOST_STATES)) throw new Error(`more than ${String(MOST_STATES)} states`);
  return [...search.violations.keys()];
}

/** Properties that fail somewhere in the whole state space of a scenario, `progress` too. */
export function failing(scenario: string, design: Design): readonly string[] {
  const found = SCENARIOS.find(({ id }) => id === scenario);
  if (found === undefined) throw new Error(`no scenario ${scenario}`);
  return failingIn(found, design);
}

/** The same for a scenario that need not be in the list. */
export function failingIn(scenario: Scenario, design: Design): readonly string[] {
  const spec = buildModel(scenario, design).model;
  const broken = brokenIn(spec).filter((id) => !warnings.has(id));
  const text = engineText(spec);
  const make = runInThisContext(text.text) as MakeEngine;
  const model = createModel(spec);
  const fresh = { engine: make(createMachine(model).words, tablesObject(spec)), text };
  const bounds = { maxStates: MOST_STATES, maxBytes: 2e9 };
  const progress = checkProgress(model, fresh, { ...bounds, excuse: 'out-of-memory' });
  return progress.verdict === 'holds' ? broken : [...broken, 'progress'];
}
