import { describe, expect, it } from 'vitest';
import { searchedWorld } from '../reports/searched-world.ts';
import { buildModel } from '../scenarios/build.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { searchModel } from './run-engine.ts';
import { rowsOf, type Wanted } from './search-rows.ts';
import { textOfSearch } from './search-text.ts';

const LIMITS = { maxStates: 1e6, maxBytes: 1e9 };

async function told(version: string, scenarioId: string, changed: Partial<Wanted> = {}) {
  const scenario = chooseScenario(scenarioId);
  const properties = ['no-lost-dirty', 'no-deadlock', 'progress', 'reached'];
  const wanted: Wanted = {
    ...{ scenario, properties, limits: LIMITS, shortest: 'steps', reduce: false },
    ...changed,
  };
  const built = buildModel(scenario, chooseDesign(version, []).design);
  const outcome = searchModel(built.model, wanted.limits, { reduce: wanted.reduce });
  const { rows, again } = await rowsOf(built, wanted, outcome);
  const subject = { design: version, scenario: scenarioId, overrides: {} };
  const searched = { subject, world: searchedWorld(scenario), rows, outcome, limits: LIMITS, again };
  return { rows, again, text: textOfSearch(searched) };
}

describe('what a search tells', () => {
  it('names its bounds: scenario, design, CPUs, threads, tables, addresses, speculation, states', async () => {
    const { text } = await told('repaired', 'two-dirty');
    expect(text).toContain(
      'two-dirty in repaired: 2 CPUs, 2 threads, 2 tables, 2 addresses, without speculative walks.',
    );
    expect(text).toMatch(/\d+ states, \d+ transitions, depth \d+; exhaustive/);
    expect(text).toMatch(/holds {7}no-deadlock/);
  });

  it('says of nothing that it holds when it met a bound, and that progress was not judged', async () => {
    const { rows, text } = await told('repaired', 'two-dirty', { limits: { ...LIMITS, maxStates: 200 } });
    expect(text).not.toContain('holds');
    expect(text).toContain('not broken  no-deadlock');
    expect(text).toContain('not checked progress (not all states were visited)');
    expect(rows.find(({ property }) => property === 'progress')).toMatchObject({
      verdict: 'not checked',
      why: 'search',
    });
  });

  it('names the moments that were missed, in words where people read', async () => {
    const { rows, text } = await told('2008-05-09', 'two-relocators');
    const reached = rows.find(({ property }) => property === 'reached');
    expect(reached).toMatchObject({ verdict: 'not reached', missed: ['double-relocation'] });
    expect(text).toContain('(never: a table moves whose predecessor is still in limbo)');
  });

  it('gives with reductions the schedules of a search without them, and says so', async () => {
    const [whole, reduced] = await Promise.all(
      [false, true].map((reduce) => told('2008-05-09', 'write-reclaim', { reduce })),
    );
    const lengths = [whole, reduced].map((one) =>
      one?.rows.map(({ property, verdict, steps }) => ({ property, verdict, steps })),
    );
    expect(lengths[1]).toEqual(lengths[0]);
    expect(whole?.again).toBeNull();
    expect(whole?.text).not.toMatch(/ounterexamples|Partial order/);
    expect(reduced?.text).toContain(
      'Shortest counterexamples: searched again without reductions up to depth ',
    );
    expect(reduced?.text).toMatch(/Partial order: \d+ of the \d+ steps/);
    expect(reduced?.text).toContain('Progress: judged on all states, without reductions.');
  });

  it('keeps a failure whose schedule with fewest switches was not found within the bounds', async () => {
    const limits = { ...LIMITS, maxStates: 12_000 };
    const { rows, text } = await told('2008-04-29', 'write-reclaim', { limits, shortest: 'switches' });
    const [row] = rows;
    expect(row).toMatchObject({ property: 'no-lost-dirty', verdict: 'fails', notFewest: true });
    expect(text).toContain('(fewest switches: not found within the bounds)');
  });
});
