import { describe, expect, it } from 'vitest';
import { seek } from '../explorer/run.ts';
import { costOf, REFERRERS, type RunCost } from './run-cost.ts';
import { runActor } from './session.ts';
import { opened, played } from './testing/sessions.ts';

const references = ({ cpus }: RunCost): number =>
  cpus.reduce((sum, cpu) => sum + REFERRERS.reduce((of, who) => of + cpu[who].local + cpu[who].remote, 0), 0);

describe('what a run cost', () => {
  it('is nothing before the first step, and grows with the cursor alone', () => {
    const session = played('tree', '2008-05-09', 1);
    const whole = costOf(session);
    seek(session.run, 0);
    expect(references(costOf(session))).toBe(0);
    let before = 0;
    for (let cursor = 0; cursor <= whole.steps; cursor += 10) {
      seek(session.run, cursor);
      const now = references(costOf(session));
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    expect(before).toBeGreaterThan(0);
  });

  it('has a reference for each step of a walk, two for each entry copied, local or remote by the node', () => {
    const session = opened('tree', '2008-05-09');
    // CPU0 walks four levels on its own node, and reads the page there.
    runActor(session, 0, 6);
    const walked = costOf(session).cpus[0];
    const of = (tag: string): number => session.records.filter((record) => record.tag === tag).length;
    expect(walked?.walks).toEqual({ local: of('walk') + of('set-a') + of('set-d'), remote: 0 });
    expect(of('walk')).toBeGreaterThanOrEqual(4);
    while (of('copy') === 0) runActor(session, 1, 1);
    const before = costOf(session).cpus[1]?.kernel ?? { local: 0, remote: 0 };
    runActor(session, 1, 1);
    expect(session.records.at(-1)?.tag).toBe('copy');
    const { local, remote } = costOf(session).cpus[1]?.kernel ?? before;
    expect([local + remote - before.local - before.remote, remote > 0]).toEqual([2, true]);
  });

  it('counts a wait for a lock once, and every step of others meanwhile', () => {
    const session = opened('two-relocators', '2008-05-09');
    runActor(session, 1, 1);
    expect(session.records.at(-1)?.label).toBe('lock relocation mutex of mm');
    // CPU2 wants the mutex, too, and stands there; before any step of others that is no wait yet.
    expect(runActor(session, 2, 10)).toBe(0);
    expect(costOf(session).actors[2]).toMatchObject({ lockWaits: 0, lockWaitSteps: 0 });
    runActor(session, 1, 2);
    expect(costOf(session).actors[2]).toMatchObject({ lockWaits: 1, lockWaitSteps: 2 });
  });

  it('counts every IPI that was sent and taken, and interrupts as off while its handler runs', () => {
    const session = played('irqs-off', '2008-05-09', 3);
    const cost = costOf(session);
    const stepsOf = (tag: string): number => session.records.filter((record) => record.tag === tag).length;
    const sum = (of: (cpu: RunCost['cpus'][number]) => number): number =>
      cost.cpus.reduce((total, cpu) => total + of(cpu), 0);
    expect(stepsOf('ipi-take')).toBeGreaterThan(0);
    expect(sum(({ ipisSent }) => ipisSent)).toBe(stepsOf('ipi-send'));
    expect(sum(({ ipisTaken }) => ipisTaken)).toBe(stepsOf('ipi-take'));
    expect(cost.actors.reduce((steps, actor) => steps + actor.steps, 0)).toBe(cost.steps);
    seek(session.run, session.records.findIndex(({ tag }) => tag === 'ipi-take') + 1);
    const taker = session.built.actors[session.records[session.run.cursor - 1]?.actor ?? -1]?.cpu ?? -1;
    const off = (): number => costOf(session).cpus[taker]?.irqsOff ?? -1;
    const taken = off();
    seek(session.run, session.run.cursor + 1);
    expect(off()).toBe(taken + 1);
  });
});
