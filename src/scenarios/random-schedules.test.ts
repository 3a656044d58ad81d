import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../designs/versions.ts';
import { createRun, enabledMoves, seek, step } from '../explorer/run.ts';
import { createMachine, takeStep } from '../explorer/model.ts';
import { at } from '../lib/at.ts';
import { createRng } from '../lib/rng.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, entryFrame } from '../machine/entry.ts';
import { currentLeaf } from '../machine/decode.ts';
import { SCENARIOS } from './scenarios.ts';
import type { Scenario } from './scenario.ts';
import { createShadow, observe } from './testing/shadow.ts';
import {
  freshRig,
  isOver,
  movesOf,
  read,
  poke,
  rigOf,
  type Rig,
  stepActor,
  stepFast,
  type Taken,
} from './testing/rig.ts';

/** Schedules in all; LIMBO_SCHEDULES=100000 for a long night. */
const SCHEDULES = Number(process.env['LIMBO_SCHEDULES'] ?? '1600');
const LONGEST = 1500;
/** Seeds that once found something: scenario, version, seed. */
const REGRESSIONS: readonly (readonly [string, string, number])[] = [];

const cases = SCENARIOS.flatMap((scenario) => VERSIONS.map((version) => ({ scenario, version })));

interface Ran {
  readonly rig: Rig;
  readonly taken: readonly Taken[];
}

/** A random run from a seed; every state is held to the shadow. */
function runShadowed(start: Rig, seed: number): Ran {
  const rig = freshRig(start);
  const shadow = createShadow(rig);
  const rng = createRng(seed);
  const taken: Taken[] = [];
  for (let moves = movesOf(rig); moves.length > 0 && taken.length < LONGEST; moves = movesOf(rig)) {
    const next = stepFast(rig, at(moves, rng.next(moves.length)));
    taken.push(next);
    const complaints = observe(rig, shadow, next);
    if (complaints.length > 0)
      throw new Error(`step ${String(taken.length)}, ${next.label}: ${complaints.join('; ')}`);
  }
  return { rig, taken };
}

const onlyMoves = ({ threads }: Scenario): boolean =>
  threads.every(({ actions }) =>
    actions.every((a) => ['access', 'relocate', 'relocate-mm', 'kernel-thread'].includes(a.do)),
  );

/** Relocations alone keep every page; an address that was touched has one now, of its own, with A, and D if written. */
function endState(scenario: Scenario, { rig, taken }: Ran): string[] {
  const finished = scenario.threads.every(({ cpu }) => isOver(rig, `cpu${String(cpu)}`));
  const clean = taken.every(({ found }) => found.every(({ kind }) => kind === 'moment'));
  if (!finished || !clean || !onlyMoves(scenario) || scenario.world.mms.length !== 1) return [];
  const accesses = scenario.threads.flatMap(({ actions }) =>
    actions.flatMap((a) => (a.do === 'access' ? [a] : [])),
  );
  const start = freshRig(rig);
  const pages = new Set<number>();
  return scenario.world.vas.flatMap((va) => {
    const [before, now] = [currentLeaf(start.scene, 0, va.id), currentLeaf(rig.scene, 0, va.id)];
    const mine = accesses.filter((a) => a.va === va.id);
    const complaints: string[] = [];
    if ((before & ENTRY_P) !== 0 && !va.privateMapping && entryFrame(now) !== entryFrame(before))
      complaints.push(`${va.name} lost its page`);
    if (mine.length === 0) return complaints;
    const bits = ENTRY_P | ENTRY_A | (mine.some(({ write }) => write) ? ENTRY_D : 0);
    const page = entryFrame(now);
    const dirty = read(rig, 'frame.dirty', page) !== 0 ? ENTRY_D : 0;
    if (((now | dirty) & bits & ~ENTRY_A) !== (bits & ~ENTRY_A)) complaints.push(`${va.name} lacks P or D`);
    if (pages.has(page)) complaints.push(`${va.name} shares its page`);
    pages.add(page);
    return complaints;
  });
}

describe('random schedules', () => {
  it(
    'keep what must stay true of the machine after every step, in every scenario and version',
    { timeout: 600_000 },
    () => {
      const each = Math.max(1, Math.round(SCHEDULES / cases.length));
      for (const { scenario, version } of cases) {
        const start = rigOf(scenario, { ...version.design, ...scenario.opensWith.overrides });
        for (let seed = 1; seed <= each; seed++) {
          const name = `${scenario.id} x ${version.id}, seed ${String(seed)}`;
          const ran = runShadowed(start, seed * 7919);
          expect(endState(scenario, ran), name).toEqual([]);
        }
      }
    },
  );

  it.each([
    ['cpu.tlb', 64 * 3 + 5, 'caches what no entry ever held'],
    ['cpu.walk_cache', 99, 'caches a table that no entry ever led to'],
    ['cpu.cr3', 0, 'on the kernel’s own table'],
    ['mm.page_table_lock', 1, 'locks are held'],
    ['mm.rewalk', 1, 'relocations are marked'],
    ['ipi.await', 2, 'awaited and pending differ'],
  ])('the shadow sees %s changed behind its back', (field, value, complaint) => {
    const { scenario, version } = at(cases, 0);
    const rig = rigOf(scenario, version.design);
    const shadow = createShadow(rig);
    for (let i = 0; i < 7; i++) stepActor(rig, 'cpu0');
    const taken = { actor: '', tag: '', label: '', found: [] };
    expect(observe(rig, shadow, taken)).toEqual([]);
    poke(rig, field, value);
    expect(observe(rig, shadow, taken).join()).toContain(complaint);
  });

  it.each(REGRESSIONS)('%s x %s, seed %i stays right', (id, versionId, seed) => {
    const found = cases.find(({ scenario, version }) => scenario.id === id && version.id === versionId);
    if (found === undefined) throw new Error(`no case ${id} x ${versionId}`);
    const { scenario, version } = found;
    expect(
      endState(
        scenario,
        runShadowed(rigOf(scenario, { ...version.design, ...scenario.opensWith.overrides }), seed),
      ),
    ).toEqual([]);
  });

  it('seeking to any moment of a run equals replaying its moves from the start', { timeout: 60_000 }, () => {
    for (const [nth, { scenario, version }] of cases.entries()) {
      const { model } = rigOf(scenario, version.design);
      const run = createRun(model);
      const rng = createRng(nth + 1);
      for (let moves = enabledMoves(run); moves.length > 0 && run.cursor < 200; moves = enabledMoves(run))
        step(run, at(moves, rng.next(moves.length)));
      const target = rng.next(run.moves.length + 1);
      const again = createMachine(model);
      for (const { actor, move } of run.moves.slice(0, target)) takeStep(model, again, actor, move);
      seek(run, target);
      expect(run.machine.words).toEqual(again.words);
    }
  });
});
