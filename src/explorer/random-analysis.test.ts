import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { canMove, isDeadlock } from './deadlock.ts';
import { fewestSwitches, switchesOf } from './fewest-switches.ts';
import { checkProgress } from './liveness.ts';
import { breaksBy, minimise, movesThatBreak } from './minimise.ts';
import { createMachine, createModel, isEnabled, type Model } from './model.ts';
import { naiveSearch, type NaiveResult } from './naive-search.ts';
import { createRun, type Move, seededMove, step } from './run.ts';
import { fewestSlowly } from './testing/fewest-slowly.ts';
import { progressSlowly } from './testing/progress-slowly.ts';
import { randomModel } from './testing/random-model.ts';
import { randomThreads } from './testing/random-threads.ts';
import { engineOf } from './testing/searches.ts';
import { explain } from './turns.ts';

/** How many models of each kind; more by hand. */
const MODELS = Number(process.env['LIMBO_MODELS'] ?? 100);
/** Above, the slow ways take too long. */
const LARGEST = 200;
const BOUNDS = { maxStates: 1e5, maxPlaces: 1e6, maxBytes: 1e9 };

interface Subject {
  /** Of which kind, by which seed. */
  readonly seed: string;
  readonly model: Model;
  readonly naive: NaiveResult;
}

const subjects = Array.from({ length: MODELS }, (_, seed) => seed).flatMap((seed) =>
  [randomModel, randomThreads].flatMap((make): readonly Subject[] => {
    const model = createModel(make(seed));
    const naive = naiveSearch(model, LARGEST);
    return naive.exhaustive ? [{ seed: `${make.name} ${String(seed)}`, model, naive }] : [];
  }),
);

/** Every property that can be broken, with a shortest way to it. */
const breaches = subjects.flatMap(({ seed, model, naive }) =>
  [...naive.violations].map(([property, shortest]) => ({ seed, model, property, shortest })),
);

describe('fewest switches', () => {
  it('are as few as the slow, obvious search finds, by a schedule that breaks what it says', () => {
    let several = 0;
    for (const { seed, model, naive } of subjects) {
      const { engine, text } = engineOf(model.spec);
      const properties = [...naive.violations.keys()];
      const found = fewestSwitches(engine, text, { properties, ...BOUNDS });
      expect([...(found?.keys() ?? [])].toSorted()).toEqual(properties.toSorted());
      for (const property of properties) {
        const { moves = [], switches } = found?.get(property) ?? {};
        expect({ seed, property, switches }).toEqual({
          ...{ seed, property, switches: fewestSlowly(model, property) },
        });
        expect(switchesOf(moves)).toBe(switches);
        if (moves.length > 0) expect(movesThatBreak(model, moves, property)).toEqual(moves);
        several += (switches ?? 0) > 1 ? 1 : 0;
      }
    }
    expect(several).toBeGreaterThan(MODELS / 25);
  });
});

describe('progress', () => {
  it('is judged as trying every set of actors judges it', () => {
    const verdicts = new Map<string, number>();
    for (const { seed, model } of subjects) {
      const progress = checkProgress(model, engineOf(model.spec), { ...BOUNDS, excuse: 'moment0' });
      const { verdict } = progress;
      const said = progress.verdict === 'holds' && progress.excused ? 'excused' : verdict;
      expect({ seed, said }).toEqual({ seed, said: progressSlowly(model, 'moment0') });
      verdicts.set(said, (verdicts.get(said) ?? 0) + 1);
    }
    for (const verdict of ['holds', 'fails', 'excused'])
      expect(verdicts.get(verdict), verdict).toBeGreaterThan(0);
  });
});

/** A run by a seed, until nobody can move or it is long. */
function runBy(model: Model, seed: number): readonly Move[] {
  const run = createRun(model);
  for (let taken = 0; taken < 60; taken++) {
    const move = seededMove(run, seed);
    if (move === null) break;
    step(run, move);
  }
  return run.moves;
}

describe('a schedule that is shortened', () => {
  it('breaks the same, can lose no move, and is never shorter than the shortest', () => {
    let shortened = 0;
    for (const { seed, model, property, shortest } of breaches) {
      const moves = runBy(model, 7);
      const broken = movesThatBreak(model, moves, property);
      const small = minimise(model, moves, property);
      expect({ seed, property, breaks: small !== null }).toEqual({ seed, property, breaks: broken !== null });
      if (small === null || broken === null) continue;
      shortened += small.length < broken.length ? 1 : 0;
      expect(small.length).toBeLessThanOrEqual(broken.length);
      expect(small.length).toBeGreaterThanOrEqual(shortest.length);
      if (small.length > 0) expect(movesThatBreak(model, small, property)).toEqual(small);
      for (let i = 0; i < small.length; i++) {
        const without = movesThatBreak(model, small.toSpliced(i, 1), property);
        expect(without === null || without.length >= small.length, `${seed} ${property}`).toBe(true);
      }
    }
    expect(shortened).toBeGreaterThan(MODELS / 20);
  });
});

describe('a turn that matters', () => {
  it('is one after which, had the other gone on, a real run would have come to its end with nothing broken', () => {
    let told = 0;
    const runs = Array.from({ length: 5 * MODELS }, (_, seed) => {
      const model = createModel(randomThreads(seed));
      const made = runBy(model, seed);
      return ['told', 'state0', 'state1', 'no-deadlock'].map((property) => ({ seed, model, made, property }));
    });
    for (const { seed, model, made, property } of runs.flat()) {
      const moves = movesThatBreak(model, made, property) ?? [];
      for (const { before, after, resumes, instead } of explain(model, moves, property)) {
        told += 1;
        const stopped = at(moves, before).actor;
        expect(instead.slice(0, after)).toEqual(moves.slice(0, after));
        expect(instead[after]?.actor).toBe(stopped);
        expect(moves[after]?.actor).not.toBe(stopped);
        expect(moves.findIndex(({ actor }, i) => i > after && actor === stopped)).toBe(resumes);
        expect({ seed, property, end: endOf(model, instead, property) }).toEqual({
          ...{ seed, property, end: 'nobody can move' },
        });
      }
    }
    expect(told).toBeGreaterThan(MODELS / 25);
  });
});

/** How a run ends whose moves are made strictly, one after the other. */
function endOf(model: Model, moves: readonly Move[], property: string): string {
  const machine = createMachine(model);
  for (const move of moves) {
    if (!isEnabled(model, machine, move.actor, move.move)) return 'a move is not possible';
    if (breaksBy({ model, machine, property }, move)) return 'broken';
  }
  if (isDeadlock(model, machine)) return property === 'no-deadlock' ? 'broken' : 'nobody can move';
  const movers = model.spec.actors.flatMap(({ role }, actor) => (role === 'whim' ? [] : [actor]));
  return movers.some((actor) => canMove(model, machine, actor)) ? 'somebody can move' : 'nobody can move';
}
