import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { enabledMoves, type Move, seek } from '../explorer/run.ts';
import { deleteBranch, nameBranch, switchTo } from './branches.ts';
import { branchViews } from './branch-views.ts';
import type { Source } from './protocol.ts';
import { createSession, type Session, take } from './session.ts';
import { resolveSource } from './source.ts';

const source: Source = { kind: 'scenario', scenario: 'tree3', version: '2008-05-09', overrides: {} };

const newSession = (): Session => createSession({ ...resolveSource(source, null), source, file: null });

/** Takes the enabled moves that the numbers pick. */
function takePicks(session: Session, picks: readonly number[]): void {
  for (const pick of picks) {
    const moves = enabledMoves(session.run);
    if (moves.length > 0) take(session, at(moves, pick % moves.length));
  }
}

/** All that a session says about the steps in its run, from a session that took only those. */
function takenAnew(moves: readonly Move[]): Session {
  const session = newSession();
  for (const move of moves) take(session, move);
  return session;
}

describe('branches', () => {
  it('a step in the past keeps the old future, and both can be shown', () => {
    const session = newSession();
    takePicks(session, [0, 0, 0, 0]);
    const old = [...session.run.moves];
    seek(session.run, 2);
    takePicks(session, [1]);
    expect(session.tree.branches.map(({ name, parent, from }) => [name, parent, from])).toEqual([
      ['main', -1, 0],
      ['branch 1', 0, 2],
    ]);
    const other = [...session.run.moves];
    expect(other).toHaveLength(3);
    switchTo(session, 0);
    expect(session.run.moves).toEqual(old);
    switchTo(session, 1);
    expect(session.run.moves).toEqual(other);
    expect(session.run.cursor).toBe(2);
  });

  it('a step that some branch goes on with makes no new one', () => {
    const session = newSession();
    takePicks(session, [0, 0, 0, 0]);
    const [first, second] = [at(session.run.moves, 1), at(enabledMoves(session.run), 1)];
    seek(session.run, 1);
    take(session, first);
    expect([session.tree.branches.length, session.run.cursor]).toEqual([1, 2]);
    seek(session.run, 1);
    take(session, second);
    seek(session.run, 1);
    take(session, first);
    expect([session.tree.branches.length, session.tree.current, session.run.moves.length]).toEqual([2, 0, 4]);
    seek(session.run, 1);
    take(session, second);
    expect([session.tree.branches.length, session.tree.current, session.run.cursor]).toEqual([2, 1, 2]);
  });

  it('a deleted branch goes with those that fork from it, and its parent is shown', () => {
    const session = newSession();
    takePicks(session, [0, 0, 0, 0]);
    seek(session.run, 1);
    takePicks(session, [1, 1, 1]);
    seek(session.run, 3);
    takePicks(session, [0, 0]);
    nameBranch(session, 2, 'from the branch');
    expect(branchViews(session).map(({ name, length }) => [name, length])).toEqual([
      ['main', 4],
      ['branch 1', 4],
      ['from the branch', 5],
    ]);
    deleteBranch(session, 1);
    expect(branchViews(session).map(({ name }) => name)).toEqual(['main']);
    expect(session.run.moves).toHaveLength(4);
    expect(() => deleteBranch(session, 0)).toThrow(/first branch/);
  });

  it(
    'whatever is done, a branch holds the steps and states that those steps alone lead to',
    { timeout: 60_000 },
    () => {
      const command = fc.oneof(
        fc.record({
          do: fc.constant('take' as const),
          picks: fc.array(fc.nat(5), { minLength: 1, maxLength: 9 }),
        }),
        fc.record({ do: fc.constant('seek' as const), to: fc.nat(40) }),
        fc.record({ do: fc.constant('switch' as const), to: fc.nat(9) }),
        fc.record({ do: fc.constant('delete' as const), which: fc.nat(30) }),
      );
      fc.assert(
        fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
          const session = newSession();
          const { run, tree } = session;
          const expected = new Map<number, readonly Move[]>([[0, []]]);
          for (const next of commands) {
            if (next.do === 'take') takePicks(session, next.picks);
            else if (next.do === 'seek') seek(run, Math.min(next.to, run.moves.length));
            else if (next.do === 'switch') {
              const { id } = at(tree.branches, next.to % tree.branches.length);
              switchTo(session, id);
              expect(run.moves).toEqual(expected.get(id));
            } else if (next.which > 0 && next.which < tree.branches.length)
              deleteBranch(session, at(tree.branches, next.which).id);
            expected.set(tree.current, [...run.moves]);
          }
          for (const { id, length } of branchViews(session)) {
            switchTo(session, id);
            expect(run.moves).toEqual(expected.get(id));
            expect(run.moves).toHaveLength(length);
            const anew = takenAnew(run.moves);
            expect(session.records).toEqual(anew.records);
            expect(session.places).toEqual(anew.places);
            seek(run, run.moves.length);
            expect(run.machine.words).toEqual(anew.run.machine.words);
            seek(run, 0);
            seek(anew.run, 0);
            expect(run.machine.words).toEqual(anew.run.machine.words);
          }
        }),
        { numRuns: 60 },
      );
    },
  );
});
