import { describe, expect, it } from 'vitest';
import { FIRST_SOURCE } from '../../store/state.ts';
import { withChoice, withVersion } from './design-change.ts';

describe('changing the design', () => {
  it('keeps changed choices when the version changes, and the scenario', () => {
    expect(withVersion(FIRST_SOURCE, '2008-01-04')).toEqual({ ...FIRST_SOURCE, version: '2008-01-04' });
  });

  it('marks as changed only what differs from the version', () => {
    const changed = withChoice(FIRST_SOURCE, 'irqs', 'off');
    expect(changed.overrides).toEqual({ nodeTest: 'pointee', irqs: 'off' });
    expect(withChoice(changed, 'irqs', 'on')).toEqual(FIRST_SOURCE);
    expect(withVersion(changed, '2008-01-04').overrides).toEqual({ nodeTest: 'pointee' });
  });
});
