import { describe, expect, it } from 'vitest';
import { createHandler, handle } from '../worker/handler.ts';
import type { Impossible, Opened, Schedule, Source } from '../worker/protocol.ts';
import { alignedSide, differenceMoments, momentOfSide, nearestMoment, stoppedAt } from './compare-rows.ts';

const broken: Source = { kind: 'scenario', scenario: 'two-dirty', version: '2008-04-29', overrides: {} };

async function opened(
  source: Source,
  schedule: Schedule,
  impossible: Impossible = 'leave-out',
): Promise<Opened> {
  const yielding = { id: 1, report: () => undefined, pause: () => Promise.resolve() };
  const request = { do: 'open' as const, source, schedule, cursor: 0, impossible };
  const answer = await handle(createHandler(), request, yielding);
  if (answer.kind !== 'opened') throw new Error(JSON.stringify(answer));
  return answer;
}

/** Both threads by turns, a few steps each, more than either has. */
const byTurns: Schedule = Array.from({ length: 200 }, (_, i) => [Math.floor(i / 3) % 2, 0] as const);

const side = async (source: Source, schedule: Schedule, impossible?: Impossible) => {
  const { notes, moment } = await opened(source, schedule, impossible);
  return { ...notes, ...alignedSide(schedule, notes, moment.records) };
};

describe('the same schedule under two designs', () => {
  it('leaves out what is not possible, says why, and keeps the order', async () => {
    const { rows, moments, skipped, records } = await side(broken, byTurns);
    expect(rows).toHaveLength(byTurns.length);
    expect(skipped.length).toBeGreaterThan(0);
    expect(skipped.every(({ why }) => why.length > 0)).toBe(true);
    expect(moments.at(-1)).toBe(records.length);
    rows.forEach((row, i) => {
      const actor = row.kind === 'taken' ? row.record.actor : row.actor;
      expect(actor).toBe(byTurns[i]?.[0]);
    });
  });

  it('is the same up to the first difference, and differs there', async () => {
    const [a, b] = [await side(broken, byTurns), await side({ ...broken, version: 'repaired' }, byTurns)];
    const [first = 0] = differenceMoments(a, b);
    expect(first).toBeGreaterThan(1);
    const text = (moment: number) =>
      [a, b].map(({ rows }) => {
        const row = rows[moment - 1];
        return row?.kind === 'taken' ? row.record.label : 'not possible';
      });
    for (let moment = 1; moment < first; moment++) expect(new Set(text(moment)).size).toBe(1);
    expect(new Set(text(first)).size).toBe(2);
    expect(differenceMoments(a, a)).toEqual([]);
  });

  it('counts steps that differ one after the other as one difference', () => {
    const run = (text: string) => ({
      rows: text.split('').map((own, i) => ({
        ...{ kind: 'skipped' as const, why: 'waits', answers: [] },
        actor: Number(own) + 10 * i,
      })),
    });
    const differences = differenceMoments(run('0000000'), run('0110010'));
    expect(differences).toEqual([2, 6]);
    expect([0, 2, 6].map((from) => nearestMoment(differences, from, 1))).toEqual([2, 6, null]);
    expect([7, 6, 2].map((from) => nearestMoment(differences, from, -1))).toEqual([6, 2, null]);
  });

  it('lets CPUs answer the IPIs that a step waits for, and counts the answers to that step', async () => {
    const repaired = { ...broken, version: 'repaired' };
    const [without, answered] = [await side(repaired, byTurns), await side(repaired, byTurns, 'answer')];
    expect(answered.skipped.length).toBeLessThan(without.skipped.length);
    const answers = answered.rows.flatMap((row) => row.answers);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.every(({ actor }) => actor > 1)).toBe(true);
    expect(answered.moments.at(-1)).toBe(answered.records.length);
    expect(answered.rows.some((row) => row.answers.length > 0 && row.kind === 'taken')).toBe(true);
  });

  it('stands at its end where the other one goes on', async () => {
    const short = await side(broken, byTurns.slice(0, 5));
    expect(momentOfSide(short, 99)).toBe(5);
    expect(momentOfSide(short, 3)).toBe(3);
  });
});

describe('the way that both are played', () => {
  it('ends at the stop on it, from either side, and leads on from there', () => {
    expect(stoppedAt({ from: 0, to: 9, stop: 4 })).toBe(4);
    expect(stoppedAt({ from: 9, to: 0, stop: 4 })).toBe(4);
    expect(stoppedAt({ from: 3, to: 4, stop: 4 })).toBe(4);
    expect(stoppedAt({ from: 4, to: 9, stop: 4 })).toBe(9);
    expect(stoppedAt({ from: 5, to: 9, stop: 4 })).toBe(9);
    expect(stoppedAt({ from: 0, to: 9, stop: null })).toBe(9);
  });
});
