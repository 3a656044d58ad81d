import { describe, expect, it } from 'vitest';
import { choicesOf } from './choices.ts';
import { runActor, sceneOf, type Session } from './session.ts';
import { opened, played } from './testing/sessions.ts';
import { readField } from '../program/layout.ts';
import { seek } from '../explorer/run.ts';
import { at } from '../lib/at.ts';
import { type Change, historyOf } from './history.ts';
import type { Violation } from './moment-messages.ts';
import { wordsOf } from './object-words.ts';
import { objectIn, type StateObject } from './objects.ts';

/** CPU0 moves until its next step is such a one. */
function runUntil(session: Session, label: RegExp): void {
  const next = (): string => choicesOf(session).find(({ actor }) => actor === 0)?.label ?? '';
  while (!label.test(next())) if (runActor(session, 0, 1) === 0) throw new Error('CPU0 never gets there');
}

/** The PTE table that moves in scenarios of two levels. */
const oldTable = (session: Session): number =>
  readField(session.built.model.layout, session.built.model.initial(), 'entries', 0, 1) >>> 6;

function told(session: Session, object: StateObject): readonly string[] {
  return historyOf(session, object).map(({ what, before, after }) => `${what}: ${before} -> ${after}`);
}

const firstLostWrite = (session: Session): Violation | undefined =>
  session.records
    .flatMap(({ violations }) => violations)
    .find(({ property }) => property === 'no-lost-write');

const sameThing = (a: Change, b: Change | undefined): boolean => b === undefined || a.after === b.before;

describe('the history of an object', () => {
  const session = played('two-dirty', '2008-04-29', 4);

  it('tells what became of a table that moved, in the order it happened, with who did it', () => {
    const frame = oldTable(session);
    const kinds = historyOf(session, { kind: 'frame', frame }).filter(({ what }) => what.startsWith('kind'));
    expect(kinds.map(({ before, after }) => [before, after])).toEqual([
      ['table', 'limbo'],
      ['limbo', 'freed-table'],
    ]);
    expect(kinds.map(({ actor }) => at(session.built.actors, actor).id)).toEqual(['cpu1', 'cpu1']);
    expect(at(kinds, 0).label).toMatch(/^swing pgd\[0\]/);
    expect(at(kinds, 0).step).toBeLessThan(at(kinds, 1).step);
  });

  it('of a lock every taking and giving back, and ends with what the state has', () => {
    const lock: StateObject = { kind: 'word', field: 'mm.page_table_lock', row: 0, col: 0 };
    const changes = historyOf(session, lock);
    expect(changes.length).toBeGreaterThan(2);
    changes.forEach((change, i) => {
      expect(sameThing(change, changes[i + 1])).toBe(true);
    });
    expect([...new Set(changes.flatMap(({ before, after }) => [before, after]))].toSorted()).toEqual([
      'CPU1',
      'nobody',
    ]);
    const { layout, words } = sceneOf(session);
    expect(readField(layout, words, 'mm.page_table_lock', 0)).toBe(0);
    expect(changes.at(-1)?.after).toBe('nobody');
  });

  it('of an entry A and D as they were set; of a CPU its registers and caches; of a process its flags', () => {
    const entry: StateObject = { kind: 'entry', frame: oldTable(session), index: 0 };
    expect(told(session, entry).join()).toMatch(
      /entry 0 of frame \d+: frame (\d+) P W A -> frame \1 P W A D/,
    );
    expect(told(session, { kind: 'cpu', cpu: 0 }).join()).toMatch(
      /walk_cache\[0\] of CPU0: no frame -> frame/,
    );
    expect(told(session, { kind: 'mm', mm: 0 }).join()).toMatch(/need_flush of mm: 0 -> 1/);
  });

  it('of an actor its locals, and of one that it needs no more that it has nothing', () => {
    const fields = at(session.built.model.actors, 1).program.locals;
    const locals = told(session, { kind: 'locals', fields });
    expect(locals).toContainEqual(expect.stringMatching(/^rel fresh table: nothing -> frame \d+$/));
    expect(locals).toContainEqual(expect.stringMatching(/^rel fresh table: frame \d+ -> nothing$/));
    expect(locals.join()).not.toMatch(/\bpc\b|no frame/);
  });

  it('has for each step the words that it left different, each once', () => {
    const { run, built } = session;
    const { layout } = built.model;
    const locals = built.model.actors.map(
      ({ program }) => ({ kind: 'locals', fields: program.locals }) as const,
    );
    const frames = [1, 2, 3, 4].map((frame) => ({ kind: 'frame', frame }) as const);
    let all = 0;
    for (const object of [...locals, ...frames, { kind: 'cpu', cpu: 0 } as const]) {
      const differ: number[] = [];
      seek(run, 0);
      for (let step = 1; step <= run.moves.length; step++) {
        const before = sceneOf(session).words.slice();
        seek(run, step);
        const { words } = sceneOf(session);
        for (const { from, to } of wordsOf(layout, object))
          for (let i = from; i < to; i++) if (words[i] !== before[i]) differ.push(step);
      }
      expect(historyOf(session, object).map(({ step }) => step)).toEqual(differ);
      all += differ.length;
    }
    expect(all).toBeGreaterThan(40);
  });

  it('ends at the moment shown', () => {
    const all = historyOf(session, { kind: 'mm', mm: 0 });
    seek(session.run, at(all, 1).step);
    expect(historyOf(session, { kind: 'mm', mm: 0 })).toEqual(all.slice(0, 2));
    seek(session.run, session.run.moves.length);
  });

  it('a violation names the object whose history explains it', () => {
    const broken = opened('fault', '2008-01-17');
    runUntil(broken, /^unlock ptl of/);
    runUntil(broken, /^lock ptl of/);
    runActor(broken, 1, 200);
    runActor(broken, 0, 200);
    const lost = firstLostWrite(broken);
    if (lost?.object?.kind !== 'entry') throw new Error('the reason names no entry');
    expect(lost.frames[0]).toBe(lost.object.frame);
    expect(historyOf(broken, lost.object).length).toBeGreaterThan(0);
  });
});

describe('the object of a reason', () => {
  const [number, frame] = [
    { value: 1, as: 'number' },
    { value: 17, as: 'frame' },
  ];
  it('is the entry that is named, else the first frame, else nothing', () => {
    expect(objectIn(['writes pmd[', number, '] in ', frame])).toEqual({ kind: 'entry', frame: 17, index: 1 });
    expect(objectIn(['the mark is ', number, ' for ', frame])).toEqual({ kind: 'frame', frame: 17 });
    expect(objectIn(['the mark is ', number])).toBeNull();
  });
});
