import { describeNext } from '../explorer/describe.ts';
import { isEnabled, moveCount } from '../explorer/model.ts';
import { textOf } from '../machine/words.ts';
import type { Choice } from './moment-messages.ts';
import type { Session } from './session.ts';

/** Every move of every actor at this moment, with what it does or why it cannot be made. */
export function choicesOf(session: Session): readonly Choice[] {
  const { run, built } = session;
  return built.actors.flatMap((_, actor) => {
    const moves = moveCount(run.model, run.machine, actor);
    const all = Array.from({ length: moves }, (_unused, move) => choice(session, actor, move));
    const possible = all.filter(({ enabled }) => enabled);
    return possible.length > 0 ? possible : all.slice(0, 1);
  });
}

function choice({ run, built }: Session, actor: number, move: number): Choice {
  const next = describeNext(run.model, run.machine, actor, move);
  if (next === null) throw new Error('an actor at its end has no moves');
  const enabled = isEnabled(run.model, run.machine, actor, move);
  return {
    actor,
    move,
    enabled,
    label: textOf(built.world, next.label),
    tag: next.tag,
    line: next.line,
    why: enabled ? '' : textOf(built.world, next.wait) || 'cannot move now',
  };
}
