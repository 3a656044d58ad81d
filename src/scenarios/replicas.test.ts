import { describe, expect, it } from 'vitest';
import { versionOf } from '../designs/versions.ts';
import type { Design } from '../kernel/design.ts';
import { scenarioOf } from './scenarios.ts';
import type { Scenario } from './scenario.ts';
import { failingIn } from './testing/failing.ts';
import { designOf } from './testing/rig.ts';

const copies = (version: string): Design => designOf(version, { replicas: 'per-node' });

function named(id: string): Scenario {
  const found = scenarioOf(id);
  if (found === null) throw new Error(`no scenario ${id}`);
  return found;
}

describe('replicas=per-node, searched to the end', () => {
  const repaired = [
    'tree3',
    'tree',
    'two-dirty',
    'fault',
    'upper-fill',
    'top',
    'munmap',
    'sleeping-fault',
  ].concat(['two-nodes', 'shared-pmd', 'twice', 'pae']);
  it.each(repaired)('the repaired design breaks nothing in %s', { timeout: 60_000 }, (id) => {
    expect(failingIn(named(id), copies('repaired'))).toEqual([]);
  });

  it(
    'does not repair what is wrong in limbo: two-dirty still loses a dirty bit in the last posting',
    { timeout: 60_000 },
    () => {
      expect(failingIn(named('two-dirty'), copies('2008-05-09'))).toContain('no-lost-dirty');
    },
  );

  it(
    'nor a table that is freed under a sleeping fault: the property sees every node’s tree',
    { timeout: 60_000 },
    () => {
      const failed = failingIn(named('sleeping-fault'), copies('2008-05-09'));
      expect(failed).toEqual(expect.arrayContaining(['no-use-after-free', 'no-lost-write']));
    },
  );

  it('changes no program of a design that does not choose it', () => {
    expect(versionOf('repaired')?.design.replicas).toBe('none');
  });
});
