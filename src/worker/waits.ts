import { at } from '../lib/at.ts';
import { describeNext } from '../explorer/describe.ts';
import { canMove } from '../explorer/deadlock.ts';
import { atEnd } from '../explorer/model.ts';
import { cpusOf } from '../machine/decode.ts';
import { textOf } from '../machine/words.ts';
import type { Session } from './session.ts';

/** One edge of "who waits for whom" among the CPUs. */
export interface Wait {
  readonly cpu: number;
  /** CPUs that it waits for. */
  readonly for: readonly number[];
  /** In words, with the lock or the acknowledgement. */
  readonly why: string;
}

/** For each thread that is not finished and cannot move: whom it waits for. Owners and masks in its wait say so. */
export function waitsOf({ built, run }: Session): readonly Wait[] {
  return built.actors.flatMap(({ kind, cpu, name }, actor) => {
    if (kind !== 'thread' || atEnd(run.model, run.machine, actor) || canMove(run.model, run.machine, actor))
      return [];
    const next = describeNext(run.model, run.machine, actor);
    if (next === null) return [];
    const blockers = next.wait.flatMap((piece) => {
      if (typeof piece === 'string') return [];
      if (piece.as === 'owner') return piece.value > 0 ? [piece.value - 1] : [];
      return piece.as === 'mask' ? cpusOf(piece.value) : [];
    });
    return [{ cpu, for: blockers, why: `CPU${String(cpu)} ${name} ${textOf(built.world, next.wait)}` }];
  });
}

/** The waits as one sentence, the cycle first where there is one. */
export function deadlockText(session: Session): string {
  const waits = waitsOf(session);
  const cycle = cycleOf(waits);
  const told =
    cycle.length > 0
      ? cycle.map((cpu) =>
          at(
            waits.filter((w) => w.cpu === cpu),
            0,
          ),
        )
      : waits;
  return told.map(({ why }) => why).join('; ');
}

/** CPUs that wait for each other in a circle, in order; empty when there is no circle. */
export function cycleOf(waits: readonly Wait[]): readonly number[] {
  const next = new Map(waits.map((wait) => [wait.cpu, wait.for]));
  for (const { cpu: start } of waits) {
    const path = [start];
    for (let at = start; ;) {
      const onwards = (next.get(at) ?? []).find((cpu) => next.has(cpu));
      if (onwards === undefined) break;
      if (path.includes(onwards)) return path.slice(path.indexOf(onwards));
      path.push(onwards);
      at = onwards;
    }
  }
  return [];
}
