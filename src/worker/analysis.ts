import { minimise } from '../explorer/minimise.ts';
import { explain } from '../explorer/turns.ts';
import { createModel } from '../explorer/model.ts';
import { at } from '../lib/at.ts';
import type { Schedule } from './protocol.ts';
import { assemble, scheduleOf } from './search-loop.ts';
import type { Subject } from './search-protocol.ts';
import { tellMoves, type ToldStep } from './told-moves.ts';

/** A schedule that breaks a property, to be looked at. */
export interface Question {
  readonly ask: 'explain' | 'minimise';
  readonly subject: Subject;
  readonly schedule: Schedule;
  readonly property: string;
}

/** A place where one actor is stopped although it could go on, and must be, or nothing would break. */
export interface Turn {
  readonly before: ToldStep;
  readonly after: ToldStep;
  /** The step with which the actor that was stopped goes on. */
  readonly resumes: ToldStep;
  /** The run, from its first step to its end, in which it is not stopped. */
  readonly instead: Schedule;
}

export interface Analysis {
  /** As short as leaving out single moves makes it, for `minimise`; else as it was, up to the step that breaks. */
  readonly schedule: Schedule;
  readonly turns: readonly Turn[];
  /** The step that breaks the property. */
  readonly last: ToldStep | null;
}

/** Looks at a schedule. Null when it does not break the property. Throws when there is no such scenario or version. */
export function analyse({ ask, subject, schedule, property }: Question): Analysis | null {
  const { built } = assemble(subject);
  const model = createModel(built.model);
  const given = schedule.map(([actor, move]) => ({ actor, move }));
  const moves = ask === 'minimise' ? minimise(model, given, property) : given;
  if (moves === null) return null;
  const told = tellMoves(built, moves);
  const turns = explain(model, moves, property).map(({ before, after, resumes, instead }) => ({
    before: at(told, before),
    after: at(told, after),
    resumes: at(told, resumes),
    instead: scheduleOf(instead),
  }));
  return {
    schedule: scheduleOf(moves),
    turns,
    last: told.at(-1) ?? null,
  };
}
