import { describe, expect, it } from 'vitest';
import { REPAIRED_CHOICES, REPAIRS } from '../designs/repaired.ts';
import { SCENARIOS } from './scenarios.ts';
import { failing } from './testing/failing.ts';
import { designOf } from './testing/rig.ts';

const repaired = designOf('repaired');
const last = designOf('2008-05-09');

describe('the repaired design', () => {
  it.each(SCENARIOS.map(({ id }) => id))(
    'breaks nothing in %s, searched to the end',
    { timeout: 120_000 },
    (id) => {
      expect(failing(id, repaired)).toEqual([]);
    },
  );

  it('gives a reason for each of its changes', () => {
    expect(REPAIRS.map(({ choice }) => choice).toSorted()).toEqual(Object.keys(REPAIRED_CHOICES).toSorted());
  });

  it.each(REPAIRS)(
    'needs $choice: put back, $forcedBy.property fails in $forcedBy.scenario',
    ({ choice, forcedBy }) => {
      const back = { ...repaired, [choice]: last[choice] };
      expect(failing(forcedBy.scenario, back)).toContain(forcedBy.property);
    },
  );
});
