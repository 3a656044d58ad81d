import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { MakeEngine } from '../explorer/engine.ts';
import { at } from '../lib/at.ts';
import { fewestLoop } from '../worker/fewest-loop.ts';
import { assemble, engineTextOf, searchLoop } from '../worker/search-loop.ts';
import { searchInSpace, makeSpace } from '../worker/search-join.ts';
import type { Outcome, Subject } from '../worker/search-protocol.ts';
import { FEW, paced } from '../worker/testing/paced.ts';
import { fewestSwitchesOf, searchModel } from './run-engine.ts';
import { verdictsOf } from '../reports/verdicts.ts';

const PAIRS: readonly Pick<Subject, 'scenario' | 'version'>[] = [
  { scenario: 'two-relocators', version: '2008-05-09' },
  { scenario: 'write-reclaim', version: '2008-01-04' },
  { scenario: 'two-relocators', version: '2008-03-19' },
];

function reducedEngine(subject: Subject): MakeEngine {
  return runInThisContext(engineTextOf(subject, true)) as MakeEngine;
}

/** The same of both searches: figures, verdicts, lengths, reductions. */
function told({ figures, verdicts, reduced }: Outcome) {
  const { states, transitions, depth } = figures;
  return {
    ...{ states, transitions, depth, reduced },
    verdicts: verdicts.map(({ property, verdict, schedule }) => [property, verdict, schedule?.length]),
  };
}

function toldByCommand(subject: Subject) {
  const { scenario, built } = assemble(subject);
  const { findings } = searchModel(built.model, FEW, { reduce: true });
  const { alone, symmetry } = findings.text;
  return {
    ...{ states: findings.store.count, transitions: findings.transitions, depth: findings.depth },
    reduced: { alone, symmetry },
    verdicts: verdictsOf(scenario, findings, null).map(({ property, verdict, moves }) => [
      ...[property, verdict],
      moves?.length,
    ]),
  };
}

describe('the search of the page with reductions', () => {
  it.each(PAIRS)('finds in $scenario with $version what the command finds with --reduce on', async (pair) => {
    const subject: Subject = { ...pair, overrides: {} };
    const { args } = paced(subject);
    const outcome = await searchLoop({ ...args, make: reducedEngine(subject), reduce: true });
    expect(outcome.reduced.alone?.alone).toBeGreaterThan(10);
    expect(told(outcome)).toEqual(toldByCommand(subject));
  });

  it('finds it over shared memory, too', () => {
    const subject: Subject = { ...at(PAIRS, 0), overrides: {} };
    const made = makeSpace({ subject, reduce: true }, { maxStates: 1e5, maxBytes: 1e8 }, 1);
    if (made.kind === 'no room') throw new Error('no room');
    const member = { subject, reduce: true, space: made.space, index: 0 };
    const outcome = searchInSpace(member, reducedEngine(subject));
    expect(told(outcome)).toEqual(toldByCommand(subject));
  });
});

describe('the search of the page for the fewest switches', () => {
  const subject: Subject = { scenario: 'two-dirty', version: '2008-05-09', overrides: {} };
  const properties = ['no-lost-dirty'];

  it('finds the schedule that the command finds', async () => {
    const { args, progress } = paced(subject);
    const { schedules } = await fewestLoop({ ...args, properties });
    const { model } = assemble(subject).built;
    const expected = fewestSwitchesOf(model, properties, FEW)?.get('no-lost-dirty');
    expect(schedules?.get('no-lost-dirty')).toEqual(expected?.moves.map(({ actor, move }) => [actor, move]));
    expect(progress.at(-1)).toMatchObject({ stage: 'switches' });
  });

  it('gives none when it is stopped or meets a bound', async () => {
    const stopped = paced(subject, FEW, (control) => {
      control.stopped = true;
    });
    expect((await fewestLoop({ ...stopped.args, properties })).schedules).toBeNull();
    const few = paced(subject, { ...FEW, maxStates: 100 });
    expect((await fewestLoop({ ...few.args, properties })).schedules).toBeNull();
  });
});
