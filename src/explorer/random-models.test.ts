import { describe, expect, it } from 'vitest';
import { writtenFields } from '../program/effects.ts';
import { fieldOf } from '../program/layout.ts';
import { checkProgress } from './liveness.ts';
import {
  atEnd,
  createMachine,
  createModel,
  isEnabled,
  type Model,
  type ModelSpec,
  moveCount,
  takeStep,
} from './model.ts';
import { keyOf, naiveSearch, type NaiveResult } from './naive-search.ts';
import type { Move } from './run.ts';
import { counterexample, type Findings, reachedMoments } from './search.ts';
import { sharedFindings } from './shared-findings.ts';
import { searchTogether } from './shared-search.ts';
import { createSharedSpace } from './shared-space.ts';
import { randomModel } from './testing/random-model.ts';
import { randomThreads } from './testing/random-threads.ts';
import { engineOf, searched } from './testing/searches.ts';

/** How many models of each kind; more by hand. */
const MODELS = Number(process.env['LIMBO_MODELS'] ?? 300);
/** Above, the slow search takes too long: such a model is left out. */
const LARGEST = 3000;

/** The search of several workers, done by one. */
function shared(spec: ModelSpec): Findings {
  const { engine, text } = engineOf(spec);
  const space = createSharedSpace(1, text.packing.words, { maxStates: 1e5, maxBytes: 1e8 });
  searchTogether(space, engine, text, 0);
  return sharedFindings(space, text);
}

function summary(findings: Findings) {
  const broken = [...findings.violations.keys()];
  return {
    ...{ states: findings.store.count, transitions: findings.transitions, depth: findings.depth },
    violations: broken.map((id) => [id, counterexample(findings, id)?.length]).toSorted(),
    moments: [...reachedMoments(findings)].toSorted(),
  };
}

function slowly({ states, transitions, depth, violations, moments }: NaiveResult) {
  const lengths = [...violations].map(([id, moves]) => [id, moves.length]).toSorted();
  return { states, transitions, depth, violations: lengths, moments: [...moments].toSorted() };
}

/** A move in the interpreter. Throws when it is not possible. */
function go(model: Model, machine: ReturnType<typeof createMachine>, { actor, move }: Move): void {
  if (!isEnabled(model, machine, actor, move)) throw new Error('a move that cannot be made');
  takeStep(model, machine, actor, move);
  machine.journal.length = 0;
}

/** Every state that is reached, without the values of locals, and how many there are with them. Stops at some thousands. */
function statesBesideLocals(model: Model): { readonly keys: ReadonlySet<string>; readonly seen: number } {
  const machine = createMachine(model);
  const locals = model.spec.actors.flatMap(({ program }) =>
    program.locals.map((local) => fieldOf(model.spec.layout, local).offset),
  );
  const [seen, keys] = [new Set<string>(), new Set<string>()];
  const waiting: Int32Array[] = [];
  const meet = (words: Int32Array): void => {
    if (seen.has(keyOf(words))) return;
    seen.add(keyOf(words));
    waiting.push(words.slice());
    const without = words.slice();
    for (const offset of locals) without[offset] = 0;
    keys.add(without.join());
  };
  meet(machine.words);
  for (let words = waiting.pop(); words !== undefined && seen.size < 6000; words = waiting.pop())
    for (const actor of model.linked.keys()) {
      machine.words.set(words);
      const moves = moveCount(model, machine, actor);
      for (let move = 0; move < moves; move++) {
        machine.words.set(words);
        if (!isEnabled(model, machine, actor, move)) continue;
        go(model, machine, { actor, move });
        meet(machine.words);
      }
    }
  return { keys, seen: seen.size };
}

/** Whether some actor moves another. */
function isAnyMoved({ actors }: ModelSpec): boolean {
  return actors.some((actor) => {
    const written = writtenFields(actor.program.instrs);
    return actors.some((other) => other !== actor && written.has(other.program.pcField));
  });
}

/** The same model with locals that keep their last value for ever. */
function rememberingAll(model: Model): Model {
  const linked = model.linked.map((actor) => ({
    ...actor,
    instrs: actor.instrs.map((instr) => ({ ...instr, dead: [] })),
  }));
  return { ...model, linked };
}

interface Compared {
  /** Of which kind, by which seed. */
  readonly seed: string;
  readonly spec: ModelSpec;
  readonly naive: NaiveResult;
  readonly found: Findings;
}

const KINDS = [randomModel, randomThreads];
const made = Array.from({ length: MODELS }, (_, seed) =>
  KINDS.map((make) => ({ seed: `${make.name} ${String(seed)}`, spec: make(seed) })),
);
const models = made.flat().flatMap(({ seed, spec }): readonly Compared[] => {
  const naive = naiveSearch(createModel(spec), LARGEST);
  return naive.exhaustive ? [{ seed, spec, naive, found: searched(spec) }] : [];
});

describe('searches of random models', () => {
  it('look at models that are worth it', () => {
    expect(models.length).toBeGreaterThan(MODELS * 1.8);
    expect(models.filter(({ naive }) => naive.states > 30).length).toBeGreaterThan(MODELS / 2);
    expect(models.filter(({ naive }) => naive.violations.size > 0).length).toBeGreaterThan(MODELS / 2);
    expect(models.filter(({ naive }) => naive.violations.has('no-deadlock')).length).toBeGreaterThan(
      MODELS / 4,
    );
  });

  it('compiled, find what the slow, obvious one finds: states, transitions, depth, shortest lengths, moments', () => {
    for (const { seed, naive, found } of models)
      expect({ seed, ...summary(found) }).toEqual({ seed, ...slowly(naive) });
  });

  it('come to the same states, but for the locals, where nothing is forgotten: only what nobody reads any more is set to 0', () => {
    let forgetting = 0;
    // Who is sent back to its start may read there what it was told to forget elsewhere.
    const few = models.filter(({ spec, naive }) => naive.states < 300 && !isAnyMoved(spec));
    for (const { seed, spec, naive } of few) {
      const model = createModel(spec);
      const [some, all] = [statesBesideLocals(model), statesBesideLocals(rememberingAll(model))];
      if (all.seen > 20 * naive.states) continue;
      forgetting += all.seen > some.seen ? 1 : 0;
      expect({ seed, states: [...all.keys].toSorted() }).toEqual({ seed, states: [...some.keys].toSorted() });
    }
    expect(forgetting).toBeGreaterThan(MODELS / 20);
  });

  it('count the states where all is finished', () => {
    const quiet = models.filter(
      ({ spec, naive }) =>
        !naive.violations.has('no-deadlock') && spec.actors.every(({ role }) => role !== 'whim'),
    );
    expect(quiet.filter(({ naive }) => naive.ends.length > 1).length).toBeGreaterThan(10);
    for (const { seed, naive, found } of quiet)
      expect({ seed, ends: found.ends }).toEqual({ seed, ends: naive.ends.length });
  });

  it('find runs without end that go round to the same state, with a thread that never finishes', () => {
    let found = 0;
    for (const { seed, spec } of models) {
      const model = createModel(spec);
      const bounds = { maxStates: 1e5, maxBytes: 1e8, excuse: 'moment0' };
      const progress = checkProgress(model, engineOf(spec), bounds);
      if (progress.verdict !== 'fails') continue;
      found += 1;
      const { lasso, threads } = progress;
      const machine = createMachine(model);
      for (const move of lasso.stem) go(model, machine, move);
      const start = keyOf(machine.words);
      for (const move of lasso.cycle) {
        go(model, machine, move);
        expect(threads.some((thread) => atEnd(model, machine, thread))).toBe(false);
      }
      expect({ seed, steps: lasso.cycle.length > 0, end: keyOf(machine.words) }).toEqual({
        seed,
        steps: true,
        end: start,
      });
    }
    expect(found).toBeGreaterThan(MODELS / 100);
  });

  it('over shared memory, find the same', () => {
    for (const { seed, spec, naive } of models.slice(0, 60))
      expect({ seed, ...summary(shared(spec)) }).toEqual({ seed, ...slowly(naive) });
  });

  it('reduced, break the same properties and reach the same moments, in no more states', () => {
    let smaller = 0;
    for (const { seed, spec, naive } of models) {
      const reduced = searched(spec, true);
      smaller += reduced.store.count < naive.states ? 1 : 0;
      expect({ seed, broken: [...reduced.violations.keys()].toSorted() }).toEqual({
        seed,
        broken: [...naive.violations.keys()].toSorted(),
      });
      expect({ seed, moments: [...reachedMoments(reduced)].toSorted() }).toEqual({
        seed,
        moments: [...naive.moments].toSorted(),
      });
      expect(reduced.store.count).toBeLessThanOrEqual(naive.states);
    }
    expect(smaller).toBeGreaterThan(MODELS / 2);
  });
});
