import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { searchLoop } from './search-loop.ts';
import type { Outcome, SearchAnswer, SearchCommand, Subject } from './search-protocol.ts';
import { type Running, withSchedules } from './search-schedules.ts';
import type { StageArgs } from './search-stage.ts';
import { paced } from './testing/paced.ts';

const subject: Subject = { scenario: 'two-dirty', version: '2008-05-09', overrides: {} };
const bounds = { maxStates: 1e6, maxBytes: 1e9 };
const onProgress = vi.fn<StageArgs['onProgress']>();
const stage: StageArgs = {
  source: { kind: 'source', text: '', reduce: false },
  ...{ subject, bounds, onProgress },
};
const running: Running = { run: (part) => part.outcome, wanted: { paused: false, stopped: false } };

/** Answers each command at once, and keeps it. */
class AnsweringWorker extends EventTarget {
  static commands: SearchCommand[] = [];
  static answers: readonly SearchAnswer[] = [];

  postMessage(command: SearchCommand): void {
    AnsweringWorker.commands.push(command);
    for (const data of AnsweringWorker.answers)
      queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })));
  }

  readonly terminate = (): void => undefined;
}

/** What a search found, with other schedules for what fails. */
function withSchedule(outcome: Outcome, steps: number): Outcome {
  const schedule = Array.from({ length: steps }, () => [0, 0] as const);
  return {
    ...outcome,
    verdicts: outcome.verdicts.map((verdict) =>
      verdict.schedule === null ? verdict : { ...verdict, schedule },
    ),
  };
}

const dirtyIn = ({ verdicts }: Outcome) => verdicts.find(({ property }) => property === 'no-lost-dirty');

describe('schedules for what a search found broken', () => {
  let found: Outcome;
  beforeEach(async () => {
    vi.stubGlobal('Worker', AnsweringWorker);
    found = withSchedule(await searchLoop(paced(subject).args), 70);
    AnsweringWorker.commands = [];
    AnsweringWorker.answers = [];
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('stay as they are after a search without reductions', async () => {
    expect(await withSchedules(found, { stage }, running)).toEqual(found);
    expect(AnsweringWorker.commands).toEqual([]);
  });

  it('are searched again without reductions after one with them, and the outcome says how far', async () => {
    AnsweringWorker.answers = [withSchedule(found, 51)];
    const outcome = await withSchedules(found, { reduce: true, stage }, running);
    expect(AnsweringWorker.commands).toMatchObject([
      { do: 'start', reduce: false, aim: { from: [], properties: ['no-lost-dirty'] } },
    ]);
    expect(dirtyIn(outcome)?.schedule).toHaveLength(51);
    expect(dirtyIn(outcome)).not.toHaveProperty('notShortest');
    expect(outcome.again).toEqual({ states: found.figures.states, depth: found.figures.depth });
    expect(outcome.ending).toBe('all');
  });

  it('that are not found again stay, and say that they may not be shortest', async () => {
    const nothing = {
      ...found,
      verdicts: found.verdicts.map((verdict) => ({ ...verdict, schedule: null })),
    };
    AnsweringWorker.answers = [nothing];
    const outcome = await withSchedules(found, { reduce: true, stage }, running);
    expect(dirtyIn(outcome)).toMatchObject({ verdict: 'fails', notShortest: true });
    expect(dirtyIn(outcome)?.schedule).toHaveLength(70);
  });

  it('with fewest switches are looked for without reductions; where they are not found, shortest ones are', async () => {
    const schedules = new Map([['no-lost-dirty', [[1, 0] as const]]]);
    AnsweringWorker.answers = [{ kind: 'fewest', schedules }];
    const fewest = await withSchedules(found, { reduce: true, shortest: 'switches', stage }, running);
    expect(fewest).toMatchObject({ shortest: 'switches', again: null });
    expect(dirtyIn(fewest)?.schedule).toEqual([[1, 0]]);
    AnsweringWorker.answers = [{ kind: 'fewest', schedules: null }, withSchedule(found, 51)];
    const shortest = await withSchedules(found, { reduce: true, shortest: 'switches', stage }, running);
    expect(dirtyIn(shortest)).toMatchObject({ notFewest: true });
    expect(dirtyIn(shortest)?.schedule).toHaveLength(51);
    expect(dirtyIn(shortest)).not.toHaveProperty('notShortest');
  });

  it('stay when the user wants no more', async () => {
    const stopped: Running = { ...running, wanted: { paused: false, stopped: true } };
    const outcome = await withSchedules(found, { reduce: true, shortest: 'switches', stage }, stopped);
    expect(AnsweringWorker.commands).toEqual([]);
    expect(dirtyIn(outcome)).toMatchObject({ notFewest: true, notShortest: true });
  });
});
