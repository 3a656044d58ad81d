import { describe, expect, it } from 'vitest';
import { LIMBO_REPAIRED_CHOICES, LIMBO_REPAIRS } from '../designs/limbo-repaired.ts';
import { SCENARIOS } from './scenarios.ts';
import { failing } from './testing/failing.ts';
import { designOf } from './testing/rig.ts';

const limbo = designOf('limbo-repaired');
const last = designOf('2008-05-09');

describe('limbo-repaired', () => {
  it('copies, swings and flushes later, as the patches did', () => {
    expect(limbo.order).toBe('limbo');
  });

  it.each(SCENARIOS.map(({ id }) => id))(
    'breaks nothing in %s, searched to the end',
    { timeout: 180_000 },
    (id) => {
      expect(failing(id, limbo)).toEqual([]);
    },
  );

  it('gives a reason for each of its changes; flushBy is there for the one flush, which no property asks for', () => {
    const explained = [...LIMBO_REPAIRS.map(({ choice }) => choice), 'flushBy'];
    expect(explained.toSorted()).toEqual(Object.keys(LIMBO_REPAIRED_CHOICES).toSorted());
  });

  it.each(LIMBO_REPAIRS)(
    'needs $choice: put back, $forcedBy.property fails in $forcedBy.scenario',
    { timeout: 60_000 },
    ({ choice, forcedBy }) => {
      const back = { ...limbo, [choice]: last[choice] };
      expect(failing(forcedBy.scenario, back)).toContain(forcedBy.property);
    },
  );
});
