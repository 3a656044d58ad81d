import { describe, expect, it } from 'vitest';
import audit from '../reports/audit.json' with { type: 'json' };
import { searchLoop } from './search-loop.ts';
import type { Outcome, SearchProgress, Subject } from './search-protocol.ts';
import { FEW, paced } from './testing/paced.ts';

/** Some 35,000 states. */
const tree: Subject = { scenario: 'tree', version: '2008-01-04', overrides: {} };
const twoDirty: Subject = { scenario: 'two-dirty', version: '2008-05-09', overrides: {} };

interface Told {
  readonly outcome: Outcome;
  readonly progress: readonly SearchProgress[];
}

async function run(...how: Parameters<typeof paced>): Promise<Told> {
  const { args, progress } = paced(...how);
  const outcome = await searchLoop(args);
  return { outcome, progress };
}

describe('the search in the worker', () => {
  it('finds what the audit found: the same verdicts, states, transitions and depth', async () => {
    for (const version of ['2008-05-09', 'repaired']) {
      const { outcome } = await run({ ...twoDirty, version });
      const rows = audit.rows.filter(
        (row) => row.version === version && row.scenario === 'two-dirty' && row.property !== 'progress',
      );
      const { states, transitions, depth } = outcome.figures;
      expect(outcome.ending).toBe('all');
      expect(rows.length).toBeGreaterThan(10);
      expect(
        outcome.verdicts.map(({ property, verdict, schedule }) => ({
          ...{ property, verdict, states, transitions, depth },
          steps: schedule?.length,
        })),
      ).toEqual(
        rows.map(({ property, verdict, steps }) => ({
          ...{ property, verdict, states, transitions, depth },
          steps,
        })),
      );
    }
  });

  it('stops at its bounds and says which', async () => {
    const byStates = await run(tree, { ...FEW, maxStates: 6000 });
    expect(byStates.outcome.ending).toBe('states');
    expect(byStates.outcome.figures.states).toBeGreaterThanOrEqual(6000);
    const byMemory = await run(tree, { ...FEW, maxBytes: 300_000 });
    expect(byMemory.outcome.ending).toBe('memory');
  });

  it('tells its figures while it searches, and does nothing while it is paused', async () => {
    const { outcome, progress } = await run(tree, FEW, (control, pauses) => {
      control.paused = pauses >= 2 && pauses < 40;
    });
    const states = progress.map(({ figures }) => figures.states);
    const often = states.filter((count) => count === states[3]);
    expect(often.length).toBeGreaterThan(5);
    expect(new Set(states).size).toBeGreaterThan(5);
    expect(outcome.ending).toBe('all');
  });

  it('stops when it is told to, with what it found so far, also while it is paused', async () => {
    const { outcome } = await run(tree, FEW, (control, pauses) => {
      control.paused = true;
      control.stopped = pauses === 3;
    });
    expect(outcome.ending).toBe('user');
    expect(outcome.figures.states).toBeGreaterThan(1);
  });
});
