import { seek } from '../explorer/run.ts';
import { nameBranch, switchTo } from './branches.ts';
import type { BranchSeed } from './branch-messages.ts';
import type { OpenRequest, ScheduleNotes } from './protocol.ts';
import { replay } from './replay.ts';
import { createSession, type Session, type SessionArgs } from './session.ts';

/** A session at the moment that a request is about, and what became of its schedule. */
export interface OpenedSession {
  readonly session: Session;
  readonly notes: ScheduleNotes;
}

/** Makes the run of a request, with its branches. Throws a Refusal where a step is not possible and may not be skipped. */
export function openSession(args: SessionArgs, request: OpenRequest): OpenedSession {
  const { schedule, cursor, branches = [], shown = 0, impossible } = request;
  const session = createSession(args);
  const { run } = session;
  const notes = replay(session, schedule, impossible);
  if (branches.length > 0) openBranches(session, branches, shown);
  seek(run, Number.isInteger(cursor) ? Math.min(Math.max(0, cursor), run.moves.length) : 0);
  return { session, notes };
}

/** Makes the branches of a run again; their ids are their numbers in the list. */
function openBranches(session: Session, [first, ...others]: readonly BranchSeed[], shown: number): void {
  const { tree, run } = session;
  if (first !== undefined) nameBranch(session, 0, first.name);
  for (const { name, parent, from, schedule } of others) {
    switchTo(session, parent);
    seek(run, from);
    replay(session, schedule);
    nameBranch(session, tree.current, name);
  }
  switchTo(session, shown);
}
