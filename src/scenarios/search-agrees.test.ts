import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../designs/versions.ts';
import { engineText, type MakeEngine, tablesObject } from '../explorer/engine.ts';
import { createMachine, createModel, type ModelSpec } from '../explorer/model.ts';
import { naiveSearch } from '../explorer/naive-search.ts';
import { counterexample, reachedMoments, searchOn, startSearch } from '../explorer/search.ts';
import { buildModel } from './build.ts';
import { SCENARIOS } from './scenarios.ts';

/** Small enough for the slow search in a test. */
const SMALL = [
  'tree3',
  'two-dirty',
  'fault',
  'upper-fill',
  'top',
  'lazy',
  'no-memory',
  'pae',
  'twice',
  'irqs-off',
  'shared-pmd',
];

/** The first posting, the last one, and the other order: between them they use every program. */
const PICKED = ['2008-01-04', '2008-05-09', 'invalidate-first'];

function compiledSearch(spec: ModelSpec) {
  const text = engineText(spec);
  const make = runInThisContext(text.text) as MakeEngine;
  const search = startSearch(make(createMachine(createModel(spec)).words, tablesObject(spec)), text);
  expect(searchOn(search, 1_000_000)).toBe(true);
  const violations = [...search.violations.keys()].map((id) => [id, counterexample(search, id)?.length]);
  return {
    states: search.store.count,
    transitions: search.transitions,
    depth: search.depth,
    violations: violations.toSorted(),
    moments: [...reachedMoments(search)].toSorted(),
  };
}

function slowSearch(spec: ModelSpec) {
  const { states, transitions, depth, violations, moments, exhaustive } = naiveSearch(
    createModel(spec),
    100_000,
  );
  expect(exhaustive).toBe(true);
  const lengths = [...violations].map(([id, moves]) => [id, moves.length]);
  return { states, transitions, depth, violations: lengths.toSorted(), moments: [...moments].toSorted() };
}

describe('the compiled search agrees with the slow, obvious one: states, transitions, depth, shortest counterexamples, moments', () => {
  for (const scenario of SCENARIOS.filter(({ id }) => SMALL.includes(id)))
    it(`in ${scenario.id}`, { timeout: 120_000 }, () => {
      for (const { design } of VERSIONS.filter(({ id }) => PICKED.includes(id))) {
        const spec = buildModel(scenario, design).model;
        expect(compiledSearch(spec)).toEqual(slowSearch(spec));
      }
    });
});
