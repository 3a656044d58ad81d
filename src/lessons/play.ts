import { enabledMoves } from '../explorer/run.ts';
import type { Schedule, Source } from '../worker/protocol.ts';
import { createSession, sceneOf, type Session, take } from '../worker/session.ts';
import { resolveSource } from '../worker/source.ts';
import type { Lesson, Play, Seen } from './lesson.ts';

/** Steps of one actor after which it is given up that they will ever say what is waited for. */
const MOST = 200;

/** A run that the page makes for itself, to know a schedule before the worker plays it. Throws on a schedule that cannot be. */
export function openSession(source: Source, schedule: Schedule = []): Session {
  const session = createSession({ ...resolveSource(source, null), source, file: null });
  for (const [actor, move] of schedule) take(session, { actor, move });
  return session;
}

export function seenOf(session: Session): Seen {
  return { scene: sceneOf(session), actors: session.built.actors, records: session.records };
}

/** Plays on: each actor until a step of its says so, for a number of steps, or until it cannot move. */
export function playOn(session: Session, play: Play): void {
  for (const [actor, until] of play) playPart(session, actor, until);
}

function playPart(session: Session, actor: string, until: number | RegExp): void {
  for (let taken = 0; taken < (typeof until === 'number' ? until : MOST); taken++) {
    const move = enabledMoves(session.run).find((m) => session.built.actors[m.actor]?.id === actor);
    if (move === undefined) return;
    const { label } = take(session, move);
    if (typeof until !== 'number' && until.test(label)) return;
  }
}

export function scheduleOf({ run }: Session): Schedule {
  return run.moves.map(({ actor, move }) => [actor, move] as const);
}

/** The run in which a step of a lesson begins: the steps before it are played as the text asks. */
export function startOfStep(
  lesson: Lesson,
  index: number,
): { readonly source: Source; readonly schedule: Schedule } {
  const first = lesson.steps.findLastIndex(({ opens }, i) => i <= index && (i === 0 || opens !== undefined));
  const source = lesson.steps[first]?.opens ?? lesson.source;
  const session = openSession(source);
  for (const { play } of lesson.steps.slice(Math.max(0, first), index)) playOn(session, play);
  return { source, schedule: scheduleOf(session) };
}
