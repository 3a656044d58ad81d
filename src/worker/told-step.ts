import { isDeadlock } from '../explorer/deadlock.ts';
import { textOf } from '../machine/words.ts';
import type { Found, Piece } from '../program/interpret.ts';
import type { PropertyId } from '../properties/properties.ts';
import { objectIn } from './objects.ts';
import type { StepRecord } from './moment-messages.ts';
import type { Session } from './session.ts';
import { deadlockText, waitsOf } from './waits.ts';

/** Frames that a text names, in its order. */
export function framesIn(label: readonly Piece[]): readonly number[] {
  return label.flatMap((piece) => (typeof piece !== 'string' && piece.as === 'frame' ? [piece.value] : []));
}

/** The properties that a step was found to break. */
export function violationsIn({ built }: Session, found: readonly Found[]): StepRecord['violations'] {
  return found
    .filter(({ kind }) => kind === 'violation')
    .map(({ id, why }) => ({
      property: id as PropertyId,
      why: textOf(built.world, why),
      frames: framesIn(why),
      object: objectIn(why),
      waits: null,
    }));
}

/** A deadlock, if the run stands in one, with who waits for whom. */
export function deadlockIn(session: Session): StepRecord['violations'] {
  const { model, machine } = session.run;
  if (!isDeadlock(model, machine)) return [];
  const waits = waitsOf(session);
  const object = waits.edges.find(({ from }) => waits.cycle.includes(from))?.object ?? null;
  return [{ property: 'no-deadlock', why: deadlockText(waits), frames: [], object, waits }];
}
