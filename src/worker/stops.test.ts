import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { fieldOf } from '../program/layout.ts';
import { EVENT_KINDS, eventFrom, isEvent } from './events.ts';
import { createHandler, handle, type Handler } from './handler.ts';
import type { Moment } from './moment-messages.ts';
import type { Request, Source } from './protocol.ts';
import { lineOf } from './stops.ts';

const source: Source = {
  kind: 'scenario',
  scenario: 'two-dirty',
  version: '2008-04-29',
  overrides: {},
};

async function opened(): Promise<Handler> {
  const handler = createHandler();
  await moment(handler, { do: 'open', source, schedule: [], cursor: 0 });
  return handler;
}

async function moment(handler: Handler, request: Request): Promise<Moment> {
  const answer = await handle(handler, request, {
    id: 1,
    report: () => undefined,
    pause: () => Promise.resolve(),
  });
  if (answer.kind === 'opened') return answer.moment;
  if (answer.kind !== 'moment') throw new Error(JSON.stringify(answer));
  return answer;
}

const session = ({ session: open }: Handler) => {
  if (open === null) throw new Error('nothing is open');
  return open;
};

describe('a run that is to stop', () => {
  it('stops just after the step that breaks a property, also on a run that is recorded', async () => {
    const handler = await opened();
    const stops = [{ kind: 'event', event: 'violation' }] as const;
    const first = await moment(handler, { do: 'run', seed: 16, steps: 5000, stops });
    expect(first.stopped).toEqual({ kind: 'event', why: '' });
    expect(at(session(handler).records, first.cursor - 1).violations).not.toEqual([]);
    await moment(handler, { do: 'seek', cursor: 0 });
    const second = await moment(handler, { do: 'run', seed: 9, steps: 5000, stops });
    expect(second.cursor).toBe(first.cursor);
  });

  it('stops when a lock is taken and when it is released', async () => {
    const handler = await opened();
    const { layout } = session(handler).built.model;
    const { offset } = fieldOf(layout, 'mm.page_table_lock');
    const stop = {
      kind: 'change' as const,
      name: 'page_table_lock of mm',
      ranges: [{ from: offset, to: offset + 1 }],
    };
    const held: number[] = [];
    for (;;) {
      const { stopped } = await moment(handler, { do: 'run', seed: 3, steps: 5000, stops: [stop] });
      if (stopped === null) break;
      expect(stopped.why).toBe('page_table_lock of mm changed');
      held.push(session(handler).run.machine.words[offset] ?? -1);
    }
    expect(held.length).toBeGreaterThan(2);
    held.forEach((owner, i) => {
      expect(owner === 0).toBe(i % 2 === 1);
    });
  });

  it('stops where an actor comes to a line, before it does what stands there', async () => {
    const handler = await opened();
    const { program } = at(session(handler).built.model.actors, 1);
    const line = program.lines.findIndex(({ text }) => text.startsWith('write the parent entry'));
    const stops = [{ kind: 'line' as const, actor: 1, line }];
    const { stopped, records } = await moment(handler, { do: 'run', seed: 5, steps: 5000, stops });
    expect(stopped?.why).toMatch(/^CPU1 \w+ is at “write the parent entry/);
    expect(records.some(({ tag }) => tag === 'swing')).toBe(false);
    expect(lineOf(session(handler), 1)).toBe(line);
  });
});

describe('events', () => {
  it('of every kind but a violation happen in a run, and are found from both sides', async () => {
    const handler = await opened();
    await moment(handler, { do: 'run', seed: 2, steps: 5000 });
    const { records } = session(handler);
    for (const kind of EVENT_KINDS) {
      const all = records.flatMap((_, index) => (isEvent(kind, records, index) ? [index + 1] : []));
      const onwards: number[] = [];
      for (
        let next = eventFrom(kind, records, { cursor: 0, by: 1 });
        next !== null;
        next = eventFrom(kind, records, { cursor: next, by: 1 })
      )
        onwards.push(next);
      expect(onwards).toEqual(all);
      expect(eventFrom(kind, records, { cursor: records.length + 1, by: -1 })).toBe(all.at(-1) ?? null);
    }
    const kinds = EVENT_KINDS.filter((kind) => records.some((_, index) => isEvent(kind, records, index)));
    expect(kinds).toEqual(expect.arrayContaining(['swing', 'ipi', 'lock', 'write', 'free']));
  });
});
