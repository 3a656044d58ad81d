import { isEnabled } from '../explorer/model.ts';
import { seek } from '../explorer/run.ts';
import { choicesOf } from './choices.ts';
import { nameBranch, switchTo } from './branches.ts';
import type { BranchSeed } from './branch-messages.ts';
import type { OpenRequest, Schedule, SkippedStep } from './protocol.ts';
import { createSession, type Session, type SessionArgs, take } from './session.ts';
import { Refusal } from './source.ts';

/** A session at the moment that a request is about, and the steps of its schedule that were not possible. */
export interface OpenedSession {
  readonly session: Session;
  readonly skipped: readonly SkippedStep[];
}

/** Makes the run of a request, with its branches. Throws a Refusal where a step is not possible and may not be skipped. */
export function openSession(args: SessionArgs, request: OpenRequest): OpenedSession {
  const { schedule, cursor, branches = [], shown = 0, skips = false } = request;
  const session = createSession(args);
  const { run } = session;
  const skipped = replay(session, schedule, skips);
  if (branches.length > 0) openBranches(session, branches, shown);
  seek(run, Number.isInteger(cursor) ? Math.min(Math.max(0, cursor), run.moves.length) : 0);
  return { session, skipped };
}

/** Takes the steps of a schedule from the cursor on; refuses one that is not possible, or leaves it out. */
function replay(session: Session, schedule: Schedule, skips = false): readonly SkippedStep[] {
  const skipped: SkippedStep[] = [];
  for (const [index, [actor, move]] of schedule.entries()) {
    if (possible(session, actor, move)) take(session, { actor, move });
    else if (skips) skipped.push({ index, actor, why: whyNot(session, actor) });
    else
      throw new Refusal(
        `Step ${String(index + 1)} of this schedule is not possible here. The run on screen was kept.`,
      );
  }
  return skipped;
}

/** True when there is such an actor, and it can make that move now. */
export function possible({ run, built }: Session, actor: number, move: number): boolean {
  return built.actors[actor] !== undefined && isEnabled(run.model, run.machine, actor, move);
}

function whyNot(session: Session, actor: number): string {
  if (session.built.actors[actor] === undefined) return 'there is nobody like that in this design';
  const choices = choicesOf(session).filter((choice) => choice.actor === actor);
  return (
    choices.find(({ enabled }) => !enabled)?.why ??
    (choices.length > 0 ? 'has no such move' : 'is at its end')
  );
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
