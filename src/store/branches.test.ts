import { describe, expect, it } from 'vitest';
import { enabledMoves, seek } from '../explorer/run.ts';
import { at } from '../lib/at.ts';
import { branchViews } from '../worker/branch-views.ts';
import { switchTo } from '../worker/branches.ts';
import { createHandler, handle } from '../worker/handler.ts';
import { advance, createSession, type Session, take } from '../worker/session.ts';
import { resolveSource } from '../worker/source.ts';
import { seedsOf, shownPath } from './branches.ts';
import { FIRST_SOURCE } from './state.ts';

function runOn(session: Session, seed: number, steps: number): void {
  for (let i = 0; i < steps; i++) advance(session, seed);
}

/** At `cursor`, somebody else moves than the recorded actor. */
function fork(session: Session, cursor: number): void {
  const { run } = session;
  seek(run, cursor);
  const recorded = at(run.moves, cursor).actor;
  take(
    session,
    at(
      enabledMoves(run).filter(({ actor }) => actor !== recorded),
      0,
    ),
  );
}

/** main, a branch of it from step 20 on, and a branch of that one; the one in the middle is shown. */
function branchedSession(): Session {
  const session = createSession({ ...resolveSource(FIRST_SOURCE, null), source: FIRST_SOURCE, file: null });
  runOn(session, 2, 60);
  fork(session, 20);
  runOn(session, 5, 30);
  fork(session, 30);
  runOn(session, 6, 30);
  switchTo(session, 1);
  return session;
}

describe('the branches that the page knows', () => {
  const session = branchedSession();
  const run = { branches: branchViews(session), branch: session.tree.current, records: session.records };

  it('lead from the first one to the one shown', () => {
    expect(run.branches.map(({ parent, from }) => [parent, from])).toEqual([
      [-1, 0],
      [0, 20],
      [1, 30],
    ]);
    expect(shownPath(run).map(({ id }) => id)).toEqual([0, 1]);
  });

  it('are enough to make them all again in a new worker', async () => {
    const handler = createHandler();
    const request = { do: 'open' as const, source: FIRST_SOURCE, ...seedsOf(run), cursor: 33 };
    const yielding = { id: 1, report: () => undefined, pause: () => Promise.resolve() };
    const answer = await handle(handler, request, yielding);
    if (answer.kind !== 'opened') throw new Error(JSON.stringify(answer));
    expect(answer.moment).toMatchObject({ cursor: 33, branch: 1, branches: run.branches });
    expect(handler.session?.records).toEqual(session.records);
  });
});
