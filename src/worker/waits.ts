import { at } from '../lib/at.ts';
import { canMove } from '../explorer/deadlock.ts';
import { describeNext, type NextStep } from '../explorer/describe.ts';
import { atEnd } from '../explorer/model.ts';
import { guardWords } from '../explorer/waiting.ts';
import { cpusOf } from '../machine/decode.ts';
import { readField } from '../program/layout.ts';
import { textOf } from '../machine/words.ts';
import type { StateObject } from './objects.ts';
import type { Session } from './session.ts';

/** One edge of "who waits for whom". Actors by number: threads, and the interrupt handlers of CPUs. */
export interface WaitEdge {
  readonly from: number;
  readonly to: number;
  /** The lock, mask or flag that it waits on. */
  readonly object: StateObject | null;
  /** In words, with the lock or the acknowledgement; it begins with who waits. */
  readonly why: string;
}

/** Who waits for whom at one moment. */
export interface Waits {
  readonly edges: readonly WaitEdge[];
  /** Actors that wait for each other in a circle, in order, each for the next and the last for the first; empty: no circle. */
  readonly cycle: readonly number[];
}

/** For each actor that is not finished and cannot move: whom it waits for. Owners and masks in its wait say so. */
export function waitsOf(session: Session): Waits {
  const edges = session.built.actors.flatMap((_, actor) => edgesFrom(session, actor));
  return { edges, cycle: cycleOf(edges) };
}

function edgesFrom(session: Session, from: number): readonly WaitEdge[] {
  const { built, run } = session;
  const { model, machine } = run;
  const { kind, cpu, name } = at(built.actors, from);
  if (atEnd(model, machine, from) || canMove(model, machine, from)) return [];
  const next = describeNext(model, machine, from);
  if (next === null) return [];
  const why = `CPU${String(cpu)} ${name} ${textOf(built.world, next.wait)}`;
  const [word] = guardWords(model, machine, from);
  const object: StateObject | null = word === undefined ? null : { kind: 'word', ...word };
  if (kind === 'ipi') return handlerEdges(session, { from, cpu });
  if (kind !== 'thread') return [];
  const numbers = next.actorReady ? blockersOf(session, next) : [actorOn(session, 'ipi', cpu)];
  return numbers.filter((to) => to >= 0 && to !== from).map((to) => ({ from, to, object, why }));
}

/** A pending IPI that is not taken: interrupts are off, or the CPU is inside an instruction. */
function handlerEdges(session: Session, { from, cpu }: { from: number; cpu: number }): readonly WaitEdge[] {
  const { built, run } = session;
  const to = actorOn(session, 'thread', cpu);
  const pending = readField(built.model.layout, run.machine.words, 'ipi.from', cpu);
  if (to < 0 || pending === 0) return [];
  const next = describeNext(run.model, run.machine, from);
  const why = `the IPI for CPU${String(cpu)} is not taken: ${textOf(built.world, next?.wait ?? [])}`;
  return [{ from, to, object: { kind: 'word', field: 'cpu.irqs_off', row: 0, col: cpu }, why }];
}

/** The actors that a thread's wait names: owners of locks are threads; acknowledgements come from interrupt handlers. */
function blockersOf(session: Session, { wait, tag }: NextStep): readonly number[] {
  const kind = tag === 'ipi-wait' ? 'ipi' : 'thread';
  return wait.flatMap((piece) => {
    if (typeof piece === 'string') return [];
    if (piece.as === 'owner') return piece.value > 0 ? [actorOn(session, 'thread', piece.value - 1)] : [];
    return piece.as === 'mask' ? cpusOf(piece.value).map((cpu) => actorOn(session, kind, cpu)) : [];
  });
}

function actorOn({ built }: Session, kind: 'thread' | 'ipi', cpu: number): number {
  return built.actors.findIndex((actor) => actor.kind === kind && actor.cpu === cpu);
}

/** The waits as one sentence: those of the circle where there is one, else all. */
export function deadlockText({ edges, cycle }: Waits): string {
  const circle = cycle.map((from, i) => ({ from, to: cycle[(i + 1) % cycle.length] }));
  const told =
    circle.length > 0
      ? circle.flatMap(({ from, to }) => edges.filter((e) => e.from === from && e.to === to))
      : edges;
  return [...new Set(told.map(({ why }) => why))].join('; ');
}

/** Actors that wait for each other in a circle, in order; empty when there is no circle. */
export function cycleOf(edges: readonly Pick<WaitEdge, 'from' | 'to'>[]): readonly number[] {
  const onwards = (actor: number): readonly number[] =>
    edges.filter(({ from }) => from === actor).map(({ to }) => to);
  const search = (path: readonly number[]): readonly number[] => {
    for (const next of onwards(path.at(-1) ?? -1)) {
      if (path.includes(next)) return path.slice(path.indexOf(next));
      const found = search([...path, next]);
      if (found.length > 0) return found;
    }
    return [];
  };
  for (const { from } of edges) {
    const found = search([from]);
    if (found.length > 0) return found;
  }
  return [];
}
