import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { versionOf } from '../designs/versions.ts';
import { engineText, type MakeEngine, tablesObject } from '../explorer/engine.ts';
import { fewestSwitches, switchesOf } from '../explorer/fewest-switches.ts';
import { checkProgress } from '../explorer/liveness.ts';
import { minimise, movesThatBreak } from '../explorer/minimise.ts';
import { fewestSlowly } from '../explorer/testing/fewest-slowly.ts';
import { explain } from '../explorer/turns.ts';
import { createMachine, createModel, type Model, takeStep } from '../explorer/model.ts';
import { naiveSearch } from '../explorer/naive-search.ts';
import { createRun, type Move, seededMove, step } from '../explorer/run.ts';
import { graphFigures, graphOf, makeOn, startGraph } from '../explorer/state-graph.ts';
import { at } from '../lib/at.ts';
import { createAssembler } from '../program/assembler.ts';
import { eq, get, num } from '../program/expr.ts';
import { set } from '../program/instr.ts';
import { placeFields } from '../program/layout.ts';
import { buildModel } from './build.ts';
import { SCENARIOS, scenarioOf } from './scenarios.ts';

function modelOf(id: string, version: string): Model {
  const [scenario, design] = [scenarioOf(id), versionOf(version)?.design];
  if (scenario === null || design === undefined) throw new Error(`no ${id} x ${version}`);
  return createModel(buildModel(scenario, design).model);
}

function engineOf(model: Model) {
  const text = engineText(model.spec);
  const make = runInThisContext(text.text) as MakeEngine;
  return { text, engine: make(createMachine(model).words, tablesObject(model.spec)) };
}

const BROKEN = [
  ['tree3', '2008-01-04', 'no-use-after-free'],
  ['two-dirty', '2008-05-09', 'no-lost-dirty'],
  ['irqs-off', '2008-01-17', 'no-deadlock'],
  ['fault', '2008-01-17', 'no-lost-write'],
  ['no-memory', '2008-03-19', 'counts'],
] as const;

describe.each(BROKEN)('in %s, %s breaks %s', (id, version, property) => {
  const model = modelOf(id, version);
  const { engine, text } = engineOf(model);
  const found = fewestSwitches(engine, text, {
    properties: [property],
    maxPlaces: 200_000,
    maxBytes: 1e9,
  })?.get(property);

  it('with as few switches as the slow, obvious search finds', { timeout: 60_000 }, () => {
    expect(found?.switches).toBe(fewestSlowly(model, property));
    expect(found?.switches).toBe(switchesOf(found?.moves ?? []));
    expect(movesThatBreak(model, found?.moves ?? [], property)).toEqual(found?.moves);
  });

  it('for crossings that it cannot do without', () => {
    const crossings = explain(model, found?.moves ?? [], property);
    const isRace = ['no-use-after-free', 'no-lost-dirty', 'no-lost-write'].includes(property);
    expect(crossings.length > 0).toBe(isRace);
    expect(crossings.length).toBeLessThanOrEqual(found?.switches ?? 0);
    for (const { before, after } of crossings)
      expect(at(found?.moves ?? [], before).actor).not.toBe(at(found?.moves ?? [], after).actor);
  });

  it('and a random run that does shrinks to one from which no move can go', { timeout: 60_000 }, () => {
    for (let seed = 1; seed < 500; seed++) {
      const run = createRun(model);
      // Where frames have run out, some runs never end.
      for (let taken = 0; taken < 400; taken++) {
        const move = seededMove(run, seed);
        if (move === null) break;
        step(run, move);
      }
      const small = minimise(model, run.moves, property);
      if (small === null) continue;
      expect(small.length).toBeLessThanOrEqual(run.moves.length);
      expect(movesThatBreak(model, small, property)).toEqual(small);
      for (let i = 0; i < small.length; i++) {
        const without = movesThatBreak(model, small.toSpliced(i, 1), property);
        expect(without === null || without.length >= small.length).toBe(true);
      }
      return;
    }
    expect(minimise(model, found?.moves ?? [], property)?.length).toBeLessThanOrEqual(
      found?.moves.length ?? 0,
    );
  });
});

/** Two threads: one waits for a flag; the other turns round for ever, and on its way may set the flag. */
function spinner({ setsFlag }: { readonly setsFlag: boolean }): Model {
  const waiting = createAssembler('a', 'waits');
  waiting.line('wait');
  waiting.step({ label: ['wait'], tag: 'wait', guard: eq(get('flag'), 1), wait: ['waits'], body: [] });
  const turning = createAssembler('b', 'turns');
  const again = turning.newLabel();
  turning.line('turn');
  turning.place(again);
  turning.step({ label: ['turn'], tag: 'write', body: [set('turns', 1)] });
  turning.step({
    label: ['turn back'],
    tag: 'write',
    body: [set('turns', 0), set('flag', setsFlag ? 1 : 0)],
  });
  turning.branch(eq(get('flag'), 0), again);
  const actors = [waiting.finish(), turning.finish()].map(({ program }) => ({
    id: program.name,
    role: 'thread' as const,
    program,
    ready: num(1),
    wait: [],
  }));
  const one = { rows: 1, cols: 1, ghost: false, max: 255 };
  const names = ['flag', 'turns', ...actors.map(({ program }) => program.pcField)];
  const layout = placeFields(names.map((name) => ({ name, ...one })));
  const initial = () => new Int32Array(layout.words);
  return createModel({ layout, tables: new Map(), actors, invariants: [], initial });
}

const EXCUSE = 'out-of-memory';
const FEW = { maxStates: 15_000, maxBytes: 1e8 };

describe('progress', () => {
  it('fails where a thread turns for ever, and the run that is shown really comes round', () => {
    const model = spinner({ setsFlag: false });
    const progress = checkProgress(model, engineOf(model), { ...FEW, excuse: EXCUSE });
    if (progress.verdict !== 'fails') throw new Error(progress.verdict);
    expect(progress.threads).toEqual([0, 1]);
    const machine = createMachine(model);
    const follow = (moves: readonly Move[]): void => {
      for (const { actor, move } of moves) takeStep(model, machine, actor, move);
    };
    follow(progress.lasso.stem);
    const before = machine.words.slice();
    follow(progress.lasso.cycle);
    expect(progress.lasso.cycle.length).toBeGreaterThan(0);
    expect(machine.words).toEqual(before);
  });

  it('holds where the turning ends by itself', () => {
    const model = spinner({ setsFlag: true });
    expect(checkProgress(model, engineOf(model), { ...FEW, excuse: EXCUSE })).toEqual({
      verdict: 'holds',
      excused: false,
    });
  });

  it('says where it holds only because runs that are for ever out of memory do not count', () => {
    const model = modelOf('fault', '2008-01-17');
    const check = (excuse: string) => checkProgress(model, engineOf(model), { ...FEW, excuse });
    expect(check(EXCUSE)).toEqual({ verdict: 'holds', excused: true });
    expect(check('no such moment').verdict).toBe('fails');
    const repaired = modelOf('fault', 'repaired');
    expect(checkProgress(repaired, engineOf(repaired), { ...FEW, excuse: EXCUSE })).toEqual({
      verdict: 'holds',
      excused: false,
    });
  });

  it('is judged on the states and transitions that the slow, obvious search finds', () => {
    for (const [id, version] of [
      ['two-dirty', '2008-05-09'],
      ['pae', 'invalidate-first'],
      ['fault', '2008-01-17'],
    ] as const) {
      const model = modelOf(id, version);
      const { engine, text } = engineOf(model);
      const making = startGraph(engine, text, EXCUSE);
      while (!makeOn(making, 100));
      const { states, transitions, depth } = naiveSearch(model, 100_000);
      expect(graphFigures(making)).toMatchObject({ states, transitions, depth });
      expect(graphOf(making).states).toBe(states);
    }
  });

  it('is not claimed beyond its bound', () => {
    const model = modelOf('two-dirty', 'repaired');
    const check = (bounds: Partial<typeof FEW>) =>
      checkProgress(model, engineOf(model), { ...FEW, ...bounds, excuse: EXCUSE });
    expect(check({ maxStates: 100 })).toEqual({ verdict: 'not checked', why: 'states' });
    expect(check({ maxBytes: 1000 })).toEqual({ verdict: 'not checked', why: 'memory' });
  });

  it('holds for the repaired design, in every scenario small enough for a test', { timeout: 60_000 }, () => {
    const verdicts = SCENARIOS.map(({ id }) => {
      const model = modelOf(id, 'repaired');
      return [id, checkProgress(model, engineOf(model), { ...FEW, excuse: EXCUSE }).verdict] as const;
    });
    expect(verdicts.filter(([, verdict]) => verdict === 'fails')).toEqual([]);
    expect(verdicts.filter(([, verdict]) => verdict === 'holds').length).toBeGreaterThan(12);
  });
});
