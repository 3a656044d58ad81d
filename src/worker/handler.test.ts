import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putWords } from '../explorer/chunks.ts';
import { at } from '../lib/at.ts';
import { placesOfTree } from './places.ts';
import type { Moment } from './moment-messages.ts';
import type { Answer, Opened, Progress, Request, Source } from './protocol.ts';
import { createHandler, handle, type Handler } from './handler.ts';
import { hearRecords } from './sent-records.ts';
import { sceneOf } from './session.ts';

const tree: Source = {
  kind: 'scenario',
  scenario: 'tree',
  version: '2008-05-09',
  overrides: { nodeTest: 'pointee' },
};

async function ask(handler: Handler, request: Request, onPause = (): void => undefined): Promise<Answer> {
  const report = (_: Progress): void => undefined;
  return handle(handler, request, { id: 1, report, pause: () => Promise.resolve().then(onPause) });
}

async function moment(handler: Handler, request: Request): Promise<Moment> {
  const answer = await ask(handler, request);
  if (answer.kind !== 'moment') throw new Error(JSON.stringify(answer));
  return answer;
}

async function opened(
  handler: Handler,
  more: Partial<Extract<Request, { do: 'open' }>> = {},
): Promise<Opened> {
  const answer = await ask(handler, { do: 'open', source: tree, schedule: [], cursor: 0, ...more });
  if (answer.kind !== 'opened') throw new Error(JSON.stringify(answer));
  return answer;
}

const refusal = async (handler: Handler, request: Request): Promise<string> => {
  const answer = await ask(handler, request);
  return answer.kind === 'refused' ? answer.message : `not refused: ${answer.kind}`;
};

async function recorded(handler: Handler) {
  const answer = await ask(handler, { do: 'schedule' });
  if (answer.kind !== 'schedule') throw new Error('no schedule');
  return answer.schedule;
}

describe('handler', () => {
  it('refuses everything but opening and loading while nothing is open', async () => {
    const handler = createHandler();
    for (const request of [
      { do: 'step', actor: 0, move: 0 },
      { do: 'seek', cursor: 0 },
      { do: 'advance', seed: 1, steps: 1 },
      { do: 'run', seed: 1, steps: 1 },
      { do: 'run-actor', actor: 0, steps: 1 },
      { do: 'schedule' },
    ] as const)
      expect(await refusal(handler, request)).toMatch(/Nothing is open yet/);
  });

  it('refuses in words what cannot be done, and keeps the run and its moment', async () => {
    const handler = createHandler();
    await opened(handler);
    await ask(handler, { do: 'advance', seed: 3, steps: 12 });
    const before = at([handler.session], 0)?.run.machine.words.slice();
    const open = { do: 'open', schedule: [], cursor: 0 } as const;
    const bad: readonly (readonly [Request, RegExp])[] = [
      [{ do: 'step', actor: 99, move: 0 }, /cannot move now/],
      [{ do: 'step', actor: -1, move: 0 }, /cannot move now/],
      [{ do: 'step', actor: 0, move: 7 }, /cannot move now/],
      [{ do: 'step', actor: 0, move: -1 }, /cannot move now/],
      [{ do: 'step', actor: 0, move: 0.5 }, /cannot move now/],
      [{ do: 'seek', cursor: 13 }, /no moment 13/],
      [{ do: 'seek', cursor: -1 }, /no moment -1/],
      [{ do: 'seek', cursor: Number.NaN }, /no moment NaN/],
      [{ ...open, source: { ...tree, scenario: 'nowhere' } as Source }, /no scenario nowhere/],
      [{ ...open, source: { ...tree, version: '1999' } }, /no version 1999/],
      [
        { ...open, source: { kind: 'file', from: 0, to: 1, version: '2008-05-09', overrides: {} } },
        /Open a file first/,
      ],
      [
        {
          ...open,
          source: tree,
          schedule: [
            [0, 0],
            [0, 9],
          ],
        },
        /Step 2 of this schedule/,
      ],
      [{ ...open, source: tree, schedule: [[77, 0]] }, /Step 1 of this schedule/],
      [{ ...open, source: tree, schedule: [[-1, 0]] }, /Step 1 of this schedule/],
      [{ do: 'load', name: 'noise.bin', bytes: new Uint8Array([1, 2, 3]).buffer }, /./],
    ];
    for (const [request, words] of bad) expect(await refusal(handler, request)).toMatch(words);
    expect(handler.session?.run.cursor).toBe(12);
    expect(handler.session?.run.machine.words).toEqual(before);
  });

  it('opens with a schedule at a cursor: the same state as step by step', async () => {
    const [one, two] = [createHandler(), createHandler()];
    await opened(one);
    await ask(one, { do: 'advance', seed: 5, steps: 40 });
    const schedule = await recorded(one);
    const again = await opened(two, { schedule, cursor: 17 });
    expect(again.moment).toMatchObject({ cursor: 17, length: 40 });
    expect(again.moment.records).toHaveLength(40);
    const there = await moment(one, { do: 'seek', cursor: 17 });
    expect(there.cursor).toBe(17);
    expect(again.moment.words).toEqual(one.session?.run.machine.words);
    expect((await opened(two, { schedule, cursor: 999 })).moment.cursor).toBe(40);
    expect((await opened(two, { schedule, cursor: Number.NaN })).moment.cursor).toBe(0);
  });

  it('a run can be cancelled; what was done so far is its answer, and it can go on', async () => {
    const handler = createHandler();
    const speculative: Source = { ...tree, scenario: 'tree', overrides: {} };
    await opened(handler, { source: speculative });
    let pauses = 0;
    const answer = await ask(handler, { do: 'run', seed: 1, steps: 100_000 }, () => {
      pauses += 1;
      handler.cancelled.add(1);
    });
    const length = answer.kind === 'moment' ? answer.length : -1;
    expect(length).toBeGreaterThan(0);
    expect(handler.cancelled.size).toBe(0);
    if (pauses > 0) expect(length % 500).toBe(0);
    handler.cancelled.add(1);
    const none = await ask(handler, { do: 'run', seed: 1, steps: 50 });
    expect(none).toMatchObject({ kind: 'moment', length });
  });

  it(
    'differences add up to the same state as a whole one, whatever was asked in between',
    { timeout: 60_000 },
    async () => {
      const request = fc.oneof(
        fc.record({ do: fc.constant('advance' as const), seed: fc.nat(9), steps: fc.nat(30) }),
        fc.record({ do: fc.constant('seek' as const), cursor: fc.nat(80) }),
        fc.record({ do: fc.constant('step' as const), actor: fc.nat(4), move: fc.nat(1) }),
        fc.record({ do: fc.constant('switch-branch' as const), branch: fc.nat(4), cursor: fc.nat(40) }),
        fc.record({ do: fc.constant('run-actor' as const), actor: fc.nat(3), steps: fc.nat(20) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(request, { maxLength: 12 }), async (requests) => {
          const handler = createHandler();
          const first = await opened(handler);
          const page = {
            words: first.moment.words?.slice() ?? new Int32Array(0),
            had: hearRecords({ records: [], arrived: [] }, first.moment),
          };
          for (const next of requests) {
            const answer = await ask(handler, next);
            if (answer.kind !== 'moment') continue;
            putWords(answer.written, page.words);
            page.had = hearRecords(page.had, answer);
            expect(answer.words).toBeNull();
            expect(page.words).toEqual(handler.session?.run.machine.words);
            expect(page.had.records).toEqual(handler.session?.records);
            expect(page.had.records).toHaveLength(answer.length);
          }
        }),
        { numRuns: 15 },
      );
    },
  );

  it('two runs of one seed are the same, step for step', async () => {
    const [one, two] = [createHandler(), createHandler()];
    for (const handler of [one, two]) {
      await opened(handler);
      await ask(handler, { do: 'run', seed: 11, steps: 1000 });
    }
    expect(one.session?.records).toEqual(two.session?.records);
  });
});

describe('places', () => {
  it('a moved table comes into the tree where the old one was, and says which it replaces', async () => {
    const handler = createHandler();
    const start = await opened(handler);
    const before = new Set(start.moment.places.map(({ frame }) => frame));
    await ask(handler, { do: 'run', seed: 2, steps: 5000 });
    const session = handler.session;
    if (session === null) throw new Error('no session');
    const moved = session.places.filter(({ since }) => since > 0);
    expect(moved).toHaveLength(4);
    for (const { frame, replaces, level, path, since } of moved) {
      const old = session.places.find((place) => place.frame === replaces);
      expect(before).not.toContain(frame);
      expect(old).toMatchObject({ level, path });
      expect(at(session.records, since - 1).frames).toContain(frame);
    }
    const now = placesOfTree(sceneOf(session))
      .map(({ frame }) => frame)
      .sort();
    const latest = new Map(
      session.places.map((place) => [`${String(place.level)}/${place.path.join('.')}`, place.frame]),
    );
    expect([...latest.values()].sort()).toEqual(now);
  });

  it('go with the branch that made them, and come back with it', async () => {
    const handler = createHandler();
    await opened(handler);
    await ask(handler, { do: 'run', seed: 2, steps: 5000 });
    const all = handler.session?.places.slice();
    const other = handler.session?.records[0]?.actor === 0 ? 1 : 0;
    await ask(handler, { do: 'seek', cursor: 0 });
    await ask(handler, { do: 'step', actor: other, move: 0 });
    expect(handler.session?.places.every(({ since }) => since === 0)).toBe(true);
    const back = await moment(handler, { do: 'switch-branch', branch: 0, cursor: 9 });
    expect(back.cursor).toBe(9);
    expect(handler.session?.places).toEqual(all);
  });
});

describe('branches by request', () => {
  it('that there are not are refused, and the first one stays', async () => {
    const handler = createHandler();
    await opened(handler);
    expect(await refusal(handler, { do: 'switch-branch', branch: 4, cursor: 0 })).toMatch(/no such branch/);
    expect(await refusal(handler, { do: 'name-branch', branch: 4, name: 'x' })).toMatch(/no such branch/);
    expect(await refusal(handler, { do: 'delete-branch', branch: 0 })).toMatch(/main is the first/);
  });

  it('are sent when they change, and not again', async () => {
    const handler = createHandler();
    expect((await opened(handler)).moment.branches).toHaveLength(1);
    await ask(handler, { do: 'run', seed: 2, steps: 20 });
    expect((await moment(handler, { do: 'seek', cursor: 3 })).branches).toBeNull();
    const named = await moment(handler, { do: 'name-branch', branch: 0, name: 'seed 2' });
    expect(named.branches?.map(({ name }) => name)).toEqual(['seed 2']);
  });
});
