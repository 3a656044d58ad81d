import { at } from '../lib/at.ts';
import { readField } from '../program/layout.ts';
import { type EventKind, isEvent } from './events.ts';
import type { Session } from './session.ts';
import { stepWrites, type WordRange } from './step-writes.ts';

/** Where a run stops by itself, just after the step that meets it. */
export type Stop =
  /** A step of some kind. */
  | { readonly kind: 'event'; readonly event: EventKind }
  /** Something is not what it was: words of the state, by what they are called together. */
  | { readonly kind: 'change'; readonly name: string; readonly ranges: readonly WordRange[] }
  /** An actor comes to a line of its program. */
  | { readonly kind: 'line'; readonly actor: number; readonly line: number };

/** A stop that was met. */
export interface Stopped {
  readonly kind: Stop['kind'];
  /** In words; empty for an event, which the step itself tells. */
  readonly why: string;
}

/** The first stop that the step before the cursor meets; null when the run goes on. */
export function stopAt(session: Session, stops: readonly Stop[]): Stopped | null {
  for (const stop of stops) {
    const why = meets(session, stop);
    if (why !== null) return { kind: stop.kind, why };
  }
  return null;
}

function meets(session: Session, stop: Stop): string | null {
  const { records, run } = session;
  const index = run.cursor - 1;
  if (index < 0) return null;
  switch (stop.kind) {
    case 'event':
      return isEvent(stop.event, records, index) ? '' : null;
    case 'change':
      return stepWrites(run, index, stop.ranges).length > 0 ? `${stop.name} changed` : null;
    case 'line':
      return arrives(session, stop) ? arrivalText(session, stop) : null;
  }
}

/** The actor's next step is on the line, and the step just taken led there: it was elsewhere, or it is the actor's own. */
function arrives(
  { built, run, records }: Session,
  { actor, line }: Extract<Stop, { kind: 'line' }>,
): boolean {
  const record = at(records, run.cursor - 1);
  return record.actor === actor && record.line !== line && lineOf({ built, run }, actor) === line;
}

/** The line of an actor's next step; -1 at an end. */
export function lineOf({ built, run }: Pick<Session, 'built' | 'run'>, actor: number): number {
  const { program } = at(built.model.actors, actor);
  const instr = at(program.instrs, readField(built.model.layout, run.machine.words, program.pcField));
  return instr.k === 'step' ? instr.line : -1;
}

function arrivalText({ built }: Session, { actor, line }: Extract<Stop, { kind: 'line' }>): string {
  const { cpu, name } = at(built.actors, actor);
  const who = cpu < 0 ? name : `CPU${String(cpu)} ${name}`;
  return `${who} is at “${at(at(built.model.actors, actor).program.lines, line).text}”`;
}
