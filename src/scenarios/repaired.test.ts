import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { REPAIRED_CHOICES, REPAIRS } from '../designs/repaired.ts';
import { versionOf } from '../designs/versions.ts';
import { engineText, type MakeEngine, tablesObject } from '../explorer/engine.ts';
import { checkProgress } from '../explorer/liveness.ts';
import { createMachine, createModel } from '../explorer/model.ts';
import { searchOn, startSearch } from '../explorer/search.ts';
import type { Design } from '../kernel/design.ts';
import { PROPERTIES } from '../properties/properties.ts';
import { buildModel } from './build.ts';
import { SCENARIOS } from './scenarios.ts';

const warnings = new Set<string>(
  PROPERTIES.filter(({ severity }) => severity === 'warning').map(({ id }) => id),
);

/** Properties that fail somewhere in the whole state space of a scenario. */
function failing(scenario: string, design: Design): readonly string[] {
  const found = SCENARIOS.find(({ id }) => id === scenario);
  if (found === undefined) throw new Error(`no scenario ${scenario}`);
  const spec = buildModel(found, design).model;
  const text = engineText(spec);
  const make = runInThisContext(text.text) as MakeEngine;
  const search = startSearch(make(createMachine(createModel(spec)).words, tablesObject(spec)), text);
  expect(searchOn(search, 20_000_000)).toBe(true);
  const broken = [...search.violations.keys()].filter((id) => !warnings.has(id));
  const model = createModel(spec);
  const fresh = { engine: make(createMachine(model).words, tablesObject(spec)), text };
  const progress = checkProgress(model, fresh, { maxStates: 20_000_000, excuse: 'out-of-memory' });
  return progress.verdict === 'holds' ? broken : [...broken, 'progress'];
}

const repaired = versionOf('repaired')?.design;
const last = versionOf('2008-05-09')?.design;
if (repaired === undefined || last === undefined) throw new Error('versions are missing');

describe('the repaired design', () => {
  it.each(SCENARIOS.map(({ id }) => id))(
    'breaks nothing in %s, searched to the end',
    { timeout: 120_000 },
    (id) => {
      expect(failing(id, repaired)).toEqual([]);
    },
  );

  it('gives a reason for each of its changes', () => {
    expect(REPAIRS.map(({ choice }) => choice).toSorted()).toEqual(Object.keys(REPAIRED_CHOICES).toSorted());
  });

  it.each(REPAIRS)(
    'needs $choice: put back, $forcedBy.property fails in $forcedBy.scenario',
    ({ choice, forcedBy }) => {
      const back = { ...repaired, [choice]: last[choice] };
      expect(failing(forcedBy.scenario, back)).toContain(forcedBy.property);
    },
  );
});
