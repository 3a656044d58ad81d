import { describe, expect, it } from 'vitest';
import { runInThisContext } from 'node:vm';
import type { MakeEngine } from '../explorer/engine.ts';
import audit from '../reports/audit.json' with { type: 'json' };
import { type Control, engineTextOf, searchLoop } from './search-loop.ts';
import type { Outcome, SearchProgress, Subject } from './search-protocol.ts';

const FEW = { maxStates: 1e6, maxBytes: 1e9 };
/** Some 35,000 states. */
const tree: Subject = { scenario: 'tree', version: '2008-01-04', overrides: {} };
const twoDirty: Subject = { scenario: 'two-dirty', version: '2008-05-09', overrides: {} };

interface Told {
  readonly outcome: Outcome;
  readonly progress: readonly SearchProgress[];
}

/** Runs the loop with a clock that goes on by 30 ms whenever it is looked at, so that each slice is one batch. */
async function run(
  subject: Subject,
  bounds = FEW,
  onPause: (control: Control, pauses: number) => void = () => undefined,
): Promise<Told> {
  const control: Control = { paused: false, stopped: false };
  const progress: SearchProgress[] = [];
  let [time, pauses] = [0, 0];
  const outcome = await searchLoop({
    subject,
    bounds,
    make: runInThisContext(engineTextOf(subject)) as MakeEngine,
    control,
    report: (figures) => progress.push(figures),
    pause: () => {
      onPause(control, ++pauses);
      return Promise.resolve();
    },
    now: () => (time += 30),
  });
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
