import { seek } from '../explorer/run.ts';
import { backLine, nextLine } from './line-steps.ts';
import { momentOf } from './moment.ts';
import { possible } from './replay.ts';
import type { Answer, Progress, Request } from './protocol.ts';
import { advance, moveActor, type Session, take } from './session.ts';
import { Refusal } from './source.ts';
import { stopAt, type Stopped } from './stops.ts';

/** One step of an actor; refused where it cannot move. */
export function stepped(session: Session, actor: number, move: number): Answer {
  const { built } = session;
  if (!possible(session, actor, move))
    throw new Refusal(`${built.actors[actor]?.id ?? 'That actor'} cannot move now. Nothing was changed.`);
  take(session, { actor, move });
  return momentOf(session);
}

/** Steps on, until a stop is met or nobody can move. */
export function advanced(
  session: Session,
  { seed, steps, stops = [] }: Extract<Request, { do: 'advance' }>,
): Answer {
  let stopped: Stopped | null = null;
  for (let i = 0; i < steps && stopped === null; i++) {
    if (!advance(session, seed)) break;
    stopped = stopAt(session, stops);
  }
  return momentOf(session, stopped);
}

/** One actor on, until it cannot move or a stop is met. */
export function actorRan(
  session: Session,
  { actor, steps, stops = [] }: Extract<Request, { do: 'run-actor' }>,
): Answer {
  let stopped: Stopped | null = null;
  for (let i = 0; i < steps && stopped === null && moveActor(session, actor); i++)
    stopped = stopAt(session, stops);
  return momentOf(session, stopped);
}

/** To the next line of the outer routine, or back by one. */
export function alongLine(
  session: Session,
  { by, seed, stops = [] }: Extract<Request, { do: 'line' }>,
): Answer {
  if (by === 1) return momentOf(session, nextLine(session, seed, stops));
  backLine(session);
  return momentOf(session);
}

/** Another moment of the run; refused where it has none such. */
export function sought(session: Session, cursor: number): Answer {
  if (!Number.isInteger(cursor) || cursor < 0 || cursor > session.run.moves.length)
    throw new Refusal(`This run has no moment ${String(cursor)}. Nothing was changed.`);
  seek(session.run, cursor);
  return momentOf(session);
}

/** How a long run stays answerable. */
export interface Pausing {
  readonly isCancelled: () => boolean;
  readonly report: (progress: Progress) => void;
  /** Lets messages in. */
  readonly pause: () => Promise<void>;
}

/** Steps between two looks at messages: some milliseconds of work. */
const SLICE = 500;

/** A run of many steps, which others may end: it reports and lets messages in now and then. */
export async function runOn(
  session: Session,
  { seed, steps, stops = [] }: Extract<Request, { do: 'run' }>,
  { isCancelled, report, pause }: Pausing,
): Promise<Answer> {
  let stopped: Stopped | null = null;
  for (let done = 0; done < steps && !isCancelled(); done++) {
    if (!advance(session, seed)) break;
    stopped = stopAt(session, stops);
    if (stopped !== null) break;
    if ((done + 1) % SLICE !== 0) continue;
    report({ kind: 'progress', done: done + 1, total: steps });
    await pause();
  }
  return momentOf(session, stopped);
}
