import { at } from '../lib/at.ts';
import { enabledMoves, seek } from '../explorer/run.ts';
import { outerLine } from './outer-line.ts';
import type { StepRecord } from './moment-messages.ts';
import { advance, moveActor, type Session } from './session.ts';
import { lineOf, type Stop, stopAt, type Stopped } from './stops.ts';

/** Steps that one line may take: a thread that spins on one must not run for ever. */
const MOST_STEPS = 10_000;

/** Where a step belongs: consecutive steps with the same place are one line. */
function place({ built }: Session, { actor, line }: Pick<StepRecord, 'actor' | 'line'>): string {
  return `${String(actor)} ${String(outerLine(at(built.model.actors, actor).program, line))}`;
}

/** Back to where the line began that the step before the cursor belongs to. */
export function backLine(session: Session): void {
  const { run, records } = session;
  if (run.cursor === 0) return;
  let start = run.cursor - 1;
  const here = place(session, at(records, start));
  while (start > 0 && place(session, at(records, start - 1)) === here) start -= 1;
  seek(run, start);
}

/**
 * On to the next line of the outer routine: along the record to where it leaves the line, else the actor whose turn it is
 * by the seed moves until it comes to another line or cannot move. Gives the stop that was met; null for none.
 */
export function nextLine(session: Session, seed: number, stops: readonly Stop[]): Stopped | null {
  const { run, records } = session;
  const last = records[run.cursor - 1];
  let here: string | null =
    run.cursor === run.moves.length && last !== undefined ? place(session, last) : null;
  if (here !== null && !goesOn(session, last, here)) here = null;
  for (let taken = 0; taken < MOST_STEPS; taken++) {
    if (run.cursor < run.moves.length) {
      const next = place(session, at(records, run.cursor));
      if (here !== null && next !== here) return null;
      here = next;
      seek(run, run.cursor + 1);
    } else if (!onLine(session, here, seed)) return null;
    here = place(session, at(records, run.cursor - 1));
    const stopped = stopAt(session, stops);
    if (stopped !== null) return stopped;
  }
  return null;
}

/** True when the actor of a step can go on where that step left it, on the same line. */
function goesOn(session: Session, last: StepRecord | undefined, here: string): boolean {
  if (last === undefined) return false;
  const line = lineOf(session, last.actor);
  if (line < 0 || place(session, { actor: last.actor, line }) !== here) return false;
  return enabledMoves(session.run).some(({ actor }) => actor === last.actor);
}

/** One step more on the line `here`, by its actor; the first step of a line is the seed's. False where the line ends. */
function onLine(session: Session, here: string | null, seed: number): boolean {
  if (here === null) return advance(session, seed);
  const last = at(session.records, session.run.cursor - 1);
  return goesOn(session, last, here) && moveActor(session, last.actor);
}
