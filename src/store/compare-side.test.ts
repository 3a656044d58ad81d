import { describe, expect, it } from 'vitest';
import { sampleCapture, scatteredRuns } from '../formats/sample-capture.ts';
import type { Client } from '../worker/client.ts';
import { createHandler, handle } from '../worker/handler.ts';
import type { Request, Source } from '../worker/protocol.ts';
import { momentAt, openSide, type Side, sideAt } from './compare-side.ts';

/** A worker's end as the page has it, in this thread, with all that it was asked. */
function client(): Client & { readonly asked: Request['do'][] } {
  const handler = createHandler();
  const asked: Request['do'][] = [];
  const yielding = { id: 1, report: () => undefined, pause: () => Promise.resolve() };
  return {
    asked,
    ask: (request) => {
      asked.push(request.do);
      return handle(handler, request, yielding);
    },
    close: () => undefined,
  };
}

const file = new File([JSON.stringify(sampleCapture({ runs: scatteredRuns(40) }))], 'sleep.limbo.json');
const source: Source = {
  ...{ kind: 'file', from: 0, to: 1 },
  ...{ version: '2008-05-09', overrides: { nodeTest: 'pointee' } },
};

/** The schedule of a seeded run of the file's tables, to its end. */
async function seededSchedule() {
  const worker = client();
  await worker.ask({ do: 'load', name: file.name, bytes: await file.arrayBuffer() });
  await worker.ask({ do: 'open', source, schedule: [], cursor: 0 });
  await worker.ask({ do: 'run', seed: 1, steps: 10_000 });
  const answer = await worker.ask({ do: 'schedule' });
  if (answer.kind !== 'schedule') throw new Error(answer.kind);
  return answer.schedule;
}

function opened(side: Side | string): Side {
  if (typeof side === 'string') throw new Error(side);
  return side;
}

describe('one side of a comparison of real tables', () => {
  it('follows a run of another design to the end when CPUs answer, and stops at the first IPI when not', async () => {
    const schedule = await seededSchedule();
    const contender = { title: 'repaired', schedule, file, source: { ...source, version: 'repaired' } };
    const worker = client();
    const answered = opened(await openSide(worker, contender, 'answer'));
    const waiting = opened(await openSide(worker, contender, 'leave-out'));
    const leftOut = ({ rows }: Side): number => rows.filter(({ kind }) => kind === 'skipped').length;
    expect(leftOut(answered)).toBeLessThan(schedule.length / 4);
    expect(leftOut(waiting)).toBeGreaterThan(schedule.length / 2);
    expect(worker.asked).toEqual(['load', 'open', 'open']);
  });

  it('goes to any moment, in the words that it has', async () => {
    const schedule = await seededSchedule();
    const worker = client();
    const contender = { title: 'posted', schedule, file, source };
    const start = opened(await openSide(worker, contender, 'answer'));
    const words = start.scene.words.slice();
    const end = sideAt(start, await momentAt(worker, start, schedule.length));
    expect(end.cursor).toBe(schedule.length);
    expect(end.scene.words).not.toEqual(words);
    const back = sideAt(end, await momentAt(worker, end, 0));
    expect(back.scene.words).toEqual(words);
  });

  it('says in words that its file cannot be read any more', async () => {
    const gone = new File([], 'gone.json');
    gone.arrayBuffer = () => Promise.reject(new Error('NotReadableError'));
    const contender = { title: 'posted', schedule: [], file: gone, source };
    expect(await openSide(client(), contender, 'answer')).toMatch(/gone\.json could not be read again/);
  });
});
