import type { Gathering } from '../worker/gathering.ts';

/** A step as the pairing of IPIs needs it. */
export interface IpiStep {
  readonly index: number;
  readonly actor: number;
  readonly tag: string;
  readonly label: string;
}

/** From one step to another, in other lanes: an IPI on its way, or its acknowledgement. */
export interface IpiArrow {
  readonly kind: 'ipi' | 'ack';
  readonly fromStep: number;
  readonly fromActor: number;
  readonly toStep: number;
  readonly toActor: number;
}

/**
 * Who sent what to whom: each taken IPI is led back to the latest one that the CPU named in its label sent, each
 * acknowledgement to that sender. `cpuOf` gives the CPU of an actor.
 */
export function gatherArrows(cpuOf: (actor: number) => number): Gathering<IpiStep, readonly IpiArrow[]> {
  const sentBy = new Map<number, IpiStep>();
  const takenBy = new Map<number, IpiStep>();
  const arrows: IpiArrow[] = [];
  return {
    add(step) {
      if (step.tag === 'ipi-send') sentBy.set(cpuOf(step.actor), step);
      if (step.tag === 'ipi-take') {
        const sent = sentBy.get(senderIn(step.label));
        if (sent === undefined) return;
        takenBy.set(step.actor, sent);
        arrows.push(arrow('ipi', sent, step));
      }
      if (step.tag === 'ipi-ack') {
        const sent = takenBy.get(step.actor);
        if (sent !== undefined) arrows.push(arrow('ack', step, { ...sent, index: step.index }));
      }
    },
    read: () => [...arrows],
  };
}

function arrow(kind: IpiArrow['kind'], from: IpiStep, to: IpiStep): IpiArrow {
  return { kind, fromStep: from.index, fromActor: from.actor, toStep: to.index, toActor: to.actor };
}

function senderIn(label: string): number {
  const match = /CPU(\d+)/.exec(label);
  return match === null ? -1 : Number(match[1]);
}
