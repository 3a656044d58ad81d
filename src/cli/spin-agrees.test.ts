import { describe, expect, it } from 'vitest';
import { promelaText } from '../explorer/promela.ts';
import { buildModel } from '../scenarios/build.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { searchModel } from './run-engine.ts';
import { leavesOutSpin, runSpin } from './spin.ts';

/** Between them: both forms of RCU waiting, speculation, IPIs, deadlock, a lost thread, two processes, PAE, munmap, mremap, copies on nodes. */
const PAIRS: readonly (readonly [scenario: string, version: string, ...settings: string[]])[] = [
  ['fault', '2008-01-04'],
  ['top', '2008-03-19'],
  ['two-dirty', '2008-05-09'],
  ['twice', 'repaired'],
  ['irqs-off', '2008-01-17'],
  ['no-memory', '2008-05-09'],
  ['tree3', 'invalidate-first'],
  ['pae', '2008-04-29'],
  ['shared-pmd', '2008-01-17'],
  ['speculative', '2008-01-04'],
  ['mremap', '2008-04-29'],
  ['munmap', 'repaired'],
  ['two-nodes', '2008-05-09', 'replicas=per-node'],
  ['fault', 'repaired', 'replicas=per-node'],
];

describe.skipIf(leavesOutSpin())('SPIN, on the exported model', () => {
  it.each(PAIRS.map((pair) => ({ pair, name: pair.join(' ') })))(
    'finds the same states and verdicts in $name',
    { timeout: 120_000 },
    ({ pair }) => {
      const [id, version, ...settings] = pair;
      const spec = buildModel(chooseScenario(id), chooseDesign(version, settings).design).model;
      const { findings, ending } = searchModel(spec, { maxStates: 1e6, maxBytes: 1e9 });
      expect(ending).toBe('all');
      const spin = runSpin(promelaText(spec), { optimise: '-O0', tableBits: 20 });
      expect(spin.states).toBe(findings.store.count);
      expect(spin.violations).toEqual([...findings.violations.keys()].toSorted());
    },
  );
});
