import { describe, expect, it } from 'vitest';
import { LIMBO_REPAIRED_CHOICES } from '../designs/limbo-repaired.ts';
import { type Rung, RUNGS } from '../designs/ladder/rungs.ts';
import type { Design } from '../kernel/design.ts';
import { at } from '../lib/at.ts';
import { scenarioOf } from './scenarios.ts';
import { failing } from './testing/failing.ts';
import {
  brokenBy,
  designOf,
  isOver,
  movesOf,
  type Rig,
  rigOf,
  stepActor,
  type Taken,
} from './testing/rig.ts';

/** The design of rung i: 2008-05-09 with the rules of the rungs before it. */
const designs = Array.from({ length: RUNGS.length + 1 }, (_, i): Design => {
  const rules = RUNGS.slice(0, i).map(({ choice, value }) => [choice, value] as const);
  return designOf('2008-05-09', Object.fromEntries(rules));
});
const rungs = RUNGS.map((rung, i) => ({
  ...rung,
  nth: i + 1,
  before: at(designs, i),
  after: at(designs, i + 1),
}));

function replay({ scenario, schedule }: Rung, design: Design): { rig: Rig; taken: Taken[] } {
  const world = scenarioOf(scenario);
  if (world === null) throw new Error(`no scenario ${scenario}`);
  const rig = rigOf(world, design);
  const taken = schedule.split(' ').map((token) => {
    const [id = '', move = '0'] = token.split(':');
    return stepActor(rig, id, Number(move));
  });
  return { rig, taken };
}

function isStuck(rig: Rig): boolean {
  const waiting = rig.built.actors.some(({ id, kind }) => kind === 'thread' && !isOver(rig, id));
  return waiting && movesOf(rig).length === 0;
}

describe('the ladder to limbo-repaired', () => {
  it.each(rungs)(
    'rung $nth: $property fails in $scenario by the schedule that is kept, at its last step',
    (rung) => {
      const { rig, taken } = replay(rung, rung.before);
      expect(brokenBy(taken.slice(0, -1))).not.toContain(rung.property);
      if (rung.property === 'no-deadlock') expect(isStuck(rig)).toBe(true);
      else expect(brokenBy(taken.slice(-1))).toContain(rung.property);
    },
  );

  it.each(rungs.filter(({ choice }) => choice !== 'freeMergeLock'))(
    'rung $nth: with $choice=$value, $property holds in $scenario, searched to the end',
    { timeout: 60_000 },
    ({ after, scenario, property }) => {
      expect(failing(scenario, after)).not.toContain(property);
    },
  );

  it('freeMergeLock alone is half a rule: the next rung is a longer schedule of the same scenario', () => {
    const half = RUNGS.findIndex(({ choice }) => choice === 'freeMergeLock');
    const [one, next] = [at(RUNGS, half), at(RUNGS, half + 1)];
    expect([next.scenario, next.property]).toEqual([one.scenario, one.property]);
    expect(next.schedule.split(' ').length).toBeGreaterThan(one.schedule.split(' ').length);
  });

  it('ends at limbo-repaired but for who flushes', () => {
    expect({ ...at(designs, RUNGS.length), flushBy: LIMBO_REPAIRED_CHOICES.flushBy }).toEqual(
      designOf('limbo-repaired'),
    );
  });
});
