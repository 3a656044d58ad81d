import { describe, expect, it } from 'vitest';
import { seek } from '../explorer/run.ts';
import { at } from '../lib/at.ts';
import { backLine, nextLine } from './line-steps.ts';
import { outerLine } from './outer-line.ts';
import type { Source } from './protocol.ts';
import { advance, createSession, runActor, type Session } from './session.ts';
import { resolveSource } from './source.ts';

const source: Source = {
  kind: 'scenario',
  scenario: 'tree',
  version: '2008-05-09',
  overrides: { nodeTest: 'pointee' },
};

const newSession = (): Session => createSession({ ...resolveSource(source, null), source, file: null });

/** Goes from line to line until nobody can move; the moments in between. */
function linesOnwards(session: Session, seed: number): number[] {
  const moments = [session.run.cursor];
  for (;;) {
    nextLine(session, seed, []);
    if (session.run.cursor === moments.at(-1)) return moments;
    moments.push(session.run.cursor);
  }
}

function linesBack(session: Session): number[] {
  const moments = [session.run.cursor];
  while (session.run.cursor > 0) {
    backLine(session);
    moments.push(session.run.cursor);
  }
  return moments;
}

describe('going by lines of the outer routine', () => {
  it.each([1, 2, 3])('goes back by what it went on, and on again, to the same moments (seed %i)', (seed) => {
    const session = newSession();
    const onwards = linesOnwards(session, seed);
    expect(onwards.length).toBeGreaterThan(10);
    expect(onwards.length).toBeLessThan(session.run.moves.length / 2);
    expect(linesBack(session).toReversed()).toEqual(onwards);
    expect(linesOnwards(session, seed + 1)).toEqual(onwards);
  });

  it('keeps to one actor and one line, and ends where another begins', () => {
    const session = newSession();
    const { records, built } = session;
    const moments = linesOnwards(session, 4);
    const place = (index: number): string => {
      const { actor, line } = at(records, index);
      return `${String(actor)} ${String(outerLine(at(built.model.actors, actor).program, line))}`;
    };
    moments.slice(1).forEach((end, i) => {
      const start = at(moments, i);
      for (let index = start; index < end; index++) expect(place(index)).toBe(place(start));
      if (end < records.length) expect(place(end)).not.toBe(place(end - 1));
    });
  });

  it('a relocation of a whole table is one line of relocate_mm', () => {
    const session = newSession();
    runActor(session, 1, 12);
    nextLine(session, 1, []);
    const { record, text } = lastLine(session);
    expect(record.actor).toBe(1);
    expect(text).toMatch(/allocate the new frame/);
    expect(session.records.filter(({ tag }) => tag === 'swing')).toHaveLength(1);
  });

  it('finishes the line that was left half-way', () => {
    const session = newSession();
    runActor(session, 1, 2);
    seek(session.run, 2);
    nextLine(session, 1, []);
    expect(session.records.slice(2).every(({ actor }) => actor === 1)).toBe(true);
  });

  it('stops on the way where it is asked to', () => {
    const session = newSession();
    while (!session.records.some(({ tag }) => tag === 'swing')) advance(session, 9);
    const swing = session.records.findIndex(({ tag }) => tag === 'swing');
    seek(session.run, swing);
    const stopped = nextLine(session, 9, [{ kind: 'event', event: 'swing' }]);
    expect([stopped?.kind, session.run.cursor]).toEqual(['event', swing + 1]);
  });
});

function lastLine({ records, built }: Session) {
  const record = at(records, records.length - 1);
  const { program } = at(built.model.actors, record.actor);
  return { record, text: at(program.lines, outerLine(program, record.line)).text };
}
