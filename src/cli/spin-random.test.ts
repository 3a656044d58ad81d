import { describe, expect, it } from 'vitest';
import { createModel } from '../explorer/model.ts';
import { naiveSearch } from '../explorer/naive-search.ts';
import { promelaText } from '../explorer/promela.ts';
import { randomThreads } from '../explorer/testing/random-threads.ts';
import { searched } from '../explorer/testing/searches.ts';
import { leavesOutSpin, runSpin } from './spin.ts';

/** How many models SPIN gets, a second each; more by hand. */
const MODELS = Number(process.env['LIMBO_MODELS'] ?? 12);
/** Fewer states than this say little. */
const SMALLEST = 20;

/** The first seeds whose worlds are worth it. */
function seeds(): readonly number[] {
  const found: number[] = [];
  for (let seed = 0; found.length < MODELS; seed++) {
    const { states, exhaustive } = naiveSearch(createModel(randomThreads(seed)), 3000);
    if (exhaustive && states >= SMALLEST) found.push(seed);
  }
  return found;
}

describe.skipIf(leavesOutSpin())('SPIN, on worlds that nobody thought of', () => {
  it('finds the same states and verdicts', { timeout: 120_000 + 20_000 * MODELS }, () => {
    const broken = new Set<string>();
    for (const seed of seeds()) {
      const spec = randomThreads(seed);
      const ours = searched(spec);
      const spin = runSpin(promelaText(spec), { optimise: '-O0', tableBits: 16 });
      const violations = [...ours.violations.keys()].toSorted();
      expect({ seed, states: spin.states, violations: spin.violations }).toEqual({
        ...{ seed, states: ours.store.count, violations },
      });
      for (const id of violations) broken.add(id);
    }
    expect([...broken].toSorted()).toEqual(expect.arrayContaining(['no-deadlock', 'state0', 'told']));
  });
});
