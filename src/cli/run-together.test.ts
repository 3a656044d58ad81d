import { describe, expect, it } from 'vitest';
import { counterexample, type Findings, reachedMoments } from '../explorer/search.ts';
import type { EngineText } from '../explorer/engine.ts';
import { movesThatBreak } from '../explorer/minimise.ts';
import { createModel, type ModelSpec } from '../explorer/model.ts';
import { buildModel } from '../scenarios/build.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { searchModel } from './run-engine.ts';
import { searchInThreads } from './run-together.ts';

const WIDE = { maxStates: 1e6, maxBytes: 3e8 };

function specOf(scenario: string, version: string): ModelSpec {
  return buildModel(chooseScenario(scenario), chooseDesign(version, []).design).model;
}

/** All that must not depend on how many searched. */
function told(findings: Findings) {
  const { store, transitions, depth, ends, violations } = findings;
  const lengths = [...violations.keys()].map((id) => [id, counterexample(findings, id)?.length]);
  return {
    states: store.count,
    ...{ transitions, depth, ends },
    lengths: lengths.toSorted(),
    moments: [...reachedMoments(findings)].toSorted(),
  };
}

describe('a search in several threads', () => {
  it.each([
    ['irqs-off', '2008-01-17'],
    ['fault', 'invalidate-first'],
    ['mremap', '2008-01-04'],
  ])(
    'finds what one finds in %s, %s: counts, verdicts, shortest lengths',
    { timeout: 120_000 },
    async (...pair) => {
      const spec = specOf(...pair);
      const alone = searchModel(spec, WIDE);
      for (const workers of [2, 3]) {
        const together = await searchInThreads(spec, { workers, limits: WIDE, waits: true });
        expect(together.ending).toBe('all');
        expect(told(together.findings)).toEqual(told(alone.findings));
      }
    },
  );

  it(
    'gives schedules that break what they say, also where another would do as well',
    { timeout: 60_000 },
    async () => {
      const spec = specOf('fault', '2008-01-04');
      const { findings } = await searchInThreads(spec, { workers: 2, limits: WIDE, waits: true });
      expect(findings.violations.size).toBeGreaterThan(1);
      for (const id of findings.violations.keys()) {
        const moves = counterexample(findings, id);
        expect(movesThatBreak(createModel(spec), moves ?? [], id)).toEqual(moves);
      }
    },
  );

  it.each([
    ['is ended from outside', 'process.exit(1)', /ended from outside/],
    ['throws', 'throw new Error("no memory left")', /no memory left/],
  ])(
    'ends with an error in words when a thread %s, never with a verdict',
    { timeout: 60_000 },
    async (_, end, words) => {
      const spec = specOf('mremap', '2008-01-04');
      for (const left of [0, 40]) {
        const othersRun = (text: EngineText): EngineText => ({
          ...text,
          text: `((words, tables) => {
            const engine = (${text.text})(words, tables);
            const { expand } = engine;
            let left = ${String(left)};
            engine.expand = (...args) => {
              if (left-- === 0) ${end};
              return expand(...args);
            };
            return engine;
          })`,
        });
        const searching = searchInThreads(spec, { workers: 3, limits: WIDE, waits: true, othersRun });
        await expect(searching).rejects.toThrow(words);
      }
    },
  );

  it('stops at its bounds and says which', { timeout: 60_000 }, async () => {
    const spec = specOf('cow', '2008-05-09');
    const byStates = await searchInThreads(spec, {
      workers: 2,
      waits: true,
      limits: { ...WIDE, maxStates: 8000 },
    });
    expect(byStates.ending).toBe('states');
    expect(byStates.findings.store.count).toBeGreaterThanOrEqual(8000);
    const byMemory = await searchInThreads(spec, {
      workers: 2,
      waits: true,
      limits: { ...WIDE, maxBytes: 2.5e6 },
    });
    expect(byMemory.ending).toBe('memory');
    expect(byMemory.bytes).toBeLessThan(4e6);
  });
});
