import { describeNext } from '../explorer/describe.ts';
import { isEnabled } from '../explorer/model.ts';
import { choicesOf } from './choices.ts';
import type { Impossible, Schedule, ScheduleNotes } from './protocol.ts';
import { moveActor, type Session, take } from './session.ts';
import { Refusal } from './source.ts';
import { waitsOf } from './waits.ts';

/** A handler that takes more steps than that is not what the step waits for. */
const MOST_ANSWERS = 64;

/**
 * Takes the steps of a schedule from the cursor on. One that is not possible is refused (a Refusal is thrown), or left
 * out; with `answer` the CPUs whose acknowledgement it waits for finish their instruction and take the IPI first.
 */
export function replay(
  session: Session,
  schedule: Schedule,
  impossible: Impossible = 'refuse',
): ScheduleNotes {
  const skipped: ScheduleNotes['skipped'][number][] = [];
  const answered: ScheduleNotes['answered'][number][] = [];
  for (const [index, [actor, move]] of schedule.entries()) {
    if (impossible === 'answer') {
      const steps = answerFor(session, actor, move);
      if (steps > 0) answered.push({ index, steps });
    }
    if (possible(session, actor, move)) take(session, { actor, move });
    else if (impossible === 'refuse')
      throw new Refusal(
        `Step ${String(index + 1)} of this schedule is not possible here. The run on screen was kept.`,
      );
    else skipped.push({ index, actor, why: whyNot(session, actor) });
  }
  return { skipped, answered };
}

/** True when there is such an actor, and it can make that move now. */
export function possible({ run, built }: Session, actor: number, move: number): boolean {
  return built.actors[actor] !== undefined && isEnabled(run.model, run.machine, actor, move);
}

/** Lets those move who answer the IPIs that an actor waits for, until it can move itself; gives how many steps that took. */
function answerFor(session: Session, actor: number, move: number): number {
  for (let taken = 0; taken < MOST_ANSWERS; taken++) {
    if (session.built.actors[actor] === undefined || possible(session, actor, move)) return taken;
    if (!answeringOf(session, actor).some((other) => moveActor(session, other))) return taken;
  }
  return MOST_ANSWERS;
}

/** The interrupt handlers that an actor waits for, and whoever is inside an instruction that such a handler waits for. */
function answeringOf(session: Session, actor: number): readonly number[] {
  const { edges } = waitsOf(session);
  const awaited = (by: number): readonly number[] =>
    edges.filter(({ from }) => from === by).map(({ to }) => to);
  const handlers = awaited(actor).filter((to) => session.built.actors[to]?.kind === 'ipi');
  return [...handlers, ...handlers.flatMap(awaited).filter((to) => isInside(session, to))];
}

/** Whether an actor is inside an instruction of its CPU: that ends without anybody's choice. */
function isInside({ run: { model, machine } }: Session, actor: number): boolean {
  const pc = describeNext(model, machine, actor)?.pc;
  const instr = pc === undefined ? undefined : model.spec.actors[actor]?.program.instrs[pc];
  return instr?.k === 'step' && instr.inInstruction;
}

function whyNot(session: Session, actor: number): string {
  if (session.built.actors[actor] === undefined) return 'there is nobody like that in this design';
  const choices = choicesOf(session).filter((choice) => choice.actor === actor);
  return (
    choices.find(({ enabled }) => !enabled)?.why ??
    (choices.length > 0 ? 'has no such move' : 'is at its end')
  );
}
