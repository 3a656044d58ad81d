import { describe, expect, it } from 'vitest';
import { checkProgress } from '../explorer/liveness.ts';
import { createModel, type ModelSpec } from '../explorer/model.ts';
import { naiveSearch } from '../explorer/naive-search.ts';
import { promelaText } from '../explorer/promela.ts';
import { hasEndlessRound } from '../explorer/testing/progress-slowly.ts';
import { randomThreads } from '../explorer/testing/random-threads.ts';
import { engineOf, searched } from '../explorer/testing/searches.ts';
import { promelaName } from '../program/promela.ts';
import { hasEndlessRun, leavesOutSpin, runSpin } from './spin.ts';

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

/** The first worlds of threads alone that may go round for ever, of which so many do so fairly, and so many do not. */
function roundabouts(each: number) {
  const found: { readonly seed: number; readonly spec: ModelSpec; readonly fails: boolean }[] = [];
  const isLeft = (fails: boolean): boolean => found.filter((one) => one.fails === fails).length < each;
  for (let seed = 0; isLeft(true) || isLeft(false); seed++) {
    const spec = randomThreads(seed);
    const model = createModel(spec);
    if (spec.actors.some(({ role }) => role !== 'thread') || !naiveSearch(model, 300).exhaustive) continue;
    if (!hasEndlessRound(model)) continue;
    const bounds = { maxStates: 1e5, maxBytes: 1e9, excuse: '' };
    const fails = checkProgress(model, engineOf(spec), bounds).verdict === 'fails';
    if (isLeft(fails)) found.push({ seed, spec, fails });
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

  it(
    'finds runs without end that are weakly fair where we do',
    { timeout: 120_000 + 20_000 * MODELS },
    () => {
      for (const { seed, spec, fails } of roundabouts(Math.ceil(MODELS / 4))) {
        const unfinished = spec.actors.map(
          ({ program }) => `${promelaName(program.pcField)}[0]<${String(program.instrs.length - 2)}`,
        );
        const found = hasEndlessRun(promelaText(spec), unfinished.join('||'));
        expect({ seed, fails: found }).toEqual({ seed, fails });
      }
    },
  );
});
