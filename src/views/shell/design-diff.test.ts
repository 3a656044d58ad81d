import { describe, expect, it } from 'vitest';
import { FIRST_SOURCE } from '../../store/state.ts';
import { programsOf } from '../../worker/programs.ts';
import type { Source } from '../../worker/protocol.ts';
import { resolveSource } from '../../worker/source.ts';
import { withChoice, withVersion } from './design-change.ts';
import { programChanges } from './design-diff.ts';

const programs = (source: Source) => programsOf(resolveSource(source, null));
const before = programs(FIRST_SOURCE);

describe('what a change of the design changes in the programs', () => {
  it('is nothing for the same design', () => {
    expect(programChanges(before, programs(FIRST_SOURCE))).toEqual([]);
  });

  it('is the lines that the choice decides, in the programs that come to them', () => {
    const changes = programChanges(before, programs(withChoice(FIRST_SOURCE, 'nodeTest', 'holder')));
    expect(changes.map(({ name }) => name)).toEqual(['CPU1 relocate']);
    const texts = changes.flatMap(({ rows }) =>
      rows.flatMap((row) => (row === null || row.sign === ' ' ? [] : [`${row.sign} ${row.item.text}`])),
    );
    expect(texts).toContain('-  if the PUD table is on node 0: relocate the PUD table'.replace('-  ', '- '));
    expect(texts.every((text) => text.includes('node'))).toBe(true);
  });

  it('is lines that read as before where only what is done there changes', () => {
    const lossy: Source = { kind: 'scenario', scenario: 'two-dirty', version: '2008-05-09', overrides: {} };
    const repair = withChoice(lossy, 'adFreeMerge', 'every-entry');
    const [change, ...others] = programChanges(programs(lossy), programs(repair));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ name: 'CPU1 relocate', removed: 0, added: 0 });
    expect(change?.redone).toBeGreaterThan(0);
    const redone = change?.rows.flatMap((row) => (row?.sign === '~' ? [row.item.text] : []));
    expect(redone).toEqual([expect.stringContaining('or its A and D into the new table')]);
  });

  it('has an actor that only one of the designs has', () => {
    const changes = programChanges(before, programs(withVersion(FIRST_SOURCE, '2008-01-17')));
    const callbacks = changes.find(({ actor }) => actor === 'rcu');
    expect(callbacks).toMatchObject({ name: 'RCU callbacks', removed: 0 });
    expect(callbacks?.added).toBeGreaterThan(0);
  });
});
