import { describe, expect, it } from 'vitest';
import { createMachine, createModel, takeStep } from '../explorer/model.ts';
import audit from '../reports/audit.json' with { type: 'json' };
import { progressLoop } from './progress-loop.ts';
import { assemble } from './search-loop.ts';
import type { PropertyVerdict, SearchProgress, Subject } from './search-protocol.ts';
import { FEW, paced } from './testing/paced.ts';

const subjectOf = (scenario: string, version: string): Subject => ({ scenario, version, overrides: {} });

interface Told {
  readonly verdict: PropertyVerdict;
  readonly progress: readonly SearchProgress[];
}

async function judge(...how: Parameters<typeof paced>): Promise<Told> {
  const { args, progress } = paced(...how);
  const { verdict } = await progressLoop(args);
  return { verdict, progress };
}

describe('progress as the worker judges it', () => {
  it.each([
    ['pae', 'invalidate-first', 'fails'],
    ['fault', '2008-01-17', 'holds'],
    ['two-dirty', 'repaired', 'holds'],
  ] as const)('in %s, %s, has the verdict of the audit: %s', async (scenario, version, expected) => {
    const { verdict } = await judge(subjectOf(scenario, version));
    const row = audit.rows.find(
      (r) => r.scenario === scenario && r.version === version && r.property === 'progress',
    );
    expect(verdict.verdict).toBe(expected);
    expect(row?.verdict).toBe(expected);
    expect(verdict.excused).toBe(row?.excused);
  });

  it('comes with a run whose end is the state in which it began to repeat', async () => {
    const subject = subjectOf('pae', 'invalidate-first');
    const { verdict } = await judge(subject);
    const { schedule, cycleStart = -1 } = verdict;
    const model = createModel(assemble(subject).built.model);
    const machine = createMachine(model);
    const states = (schedule ?? []).map(([actor, move]) => {
      const before = machine.words.slice();
      takeStep(model, machine, actor, move);
      return before;
    });
    expect(machine.words).toEqual(states[cycleStart]);
  });

  it('is left open at a bound, and says which', async () => {
    const subject = subjectOf('tree', '2008-01-04');
    expect((await judge(subject, { ...FEW, maxStates: 3000 })).verdict).toMatchObject({
      verdict: 'not checked',
      why: 'states',
    });
    const { verdict } = await judge(subject, { ...FEW, maxBytes: 300_000 });
    expect(verdict).toMatchObject({ verdict: 'not checked', why: 'memory' });
  });

  it('does nothing while it is paused, and tells how far the graph is', async () => {
    const { progress, verdict } = await judge(
      subjectOf('sleeping-fault', '2008-01-04'),
      FEW,
      (control, pauses) => {
        control.paused = pauses >= 2 && pauses < 40;
      },
    );
    const states = progress.map(({ figures }) => figures.states);
    expect(states.filter((count) => count === states[3]).length).toBeGreaterThan(5);
    expect(new Set(states).size).toBeGreaterThan(1);
    expect(progress.every(({ stage }) => stage === 'progress')).toBe(true);
    expect(verdict.verdict).toBe('holds');
  });
});
