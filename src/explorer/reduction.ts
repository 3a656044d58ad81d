import { at, must } from '../lib/at.ts';
import type { Expr } from '../program/expr.ts';
import {
  areIndependent,
  both,
  type Footprint,
  type LookUps,
  NOTHING,
  readsOf,
  stepFootprint,
  type StepFootprint,
} from '../program/footprint.ts';
import { fieldOf } from '../program/layout.ts';
import type { Actor, ModelSpec } from './model.ts';

/**
 * Which steps may be taken alone, with all other actors' steps left for later (a persistent set of one actor, as Godefroid 1996 has them). A
 * step t of actor a is a candidate where
 * - nothing that a state invariant reads changes by it (violations and moments of steps are told by the steps themselves, with
 *   the same values in whatever order independent steps are taken),
 * - control goes strictly forward in a's program and to no end: a run of such steps is finite, so nothing is put off for ever.
 * In a state it is taken alone if it is enabled, and each other actor b either cannot move before a does (some condition of its
 * next step is false, and only a or b could change that), or does nothing from where it is to its end that depends on t.
 *
 * Why no verdict changes: let w be any path from that state. If t is in w, nothing before it depends on it, so t can be moved to
 * the front, and what remains of w is shorter. If it is not, w can be taken after t as it was: t changes nothing that w reads. Either way the
 * steps of w read and write what they did, and the states in between look the same to every invariant. By induction, first over
 * the length of w, then over that of the run of candidates, each violation, moment and broken invariant is found. A deadlock at the end of w: t is
 * not in w only if a was kept from moving by its `ready`, which keeps it from its next step as well, so w after t is a
 * deadlock too. What t's own `ready` reads is for that reason no dependence; what its guard reads is. That a pc moves is none where those
 * who look at it look up the same value (inside an instruction, or not). A reduced search finds no shortest path.
 */
export interface Reduction {
  /** By actor. */
  readonly actors: readonly ActorReduction[];
}

export interface ActorReduction {
  /** By pc: number of the candidate from 1; 0 for others. */
  readonly candidates: readonly number[];
  /** By pc: number of the class of what the actor may still do from there. */
  readonly classes: readonly number[];
  /** By other actor, then candidate (from 0) and that actor's class: independent? Null: with everything. */
  readonly independent: readonly (readonly (readonly boolean[])[] | null)[];
  /** By other actor: conditions of that one's next step that only this actor and itself can change. */
  readonly holds: readonly Holds[];
}

/** Conditions under which an actor can move; where one is false it cannot. */
export interface Holds {
  readonly ready: readonly Expr[];
  /** By pc, for services. */
  readonly guards: ReadonlyMap<number, readonly Expr[]>;
}

interface Analysed {
  readonly actor: Actor;
  /** By pc; null where there is no step. */
  readonly steps: readonly (StepFootprint | null)[];
  readonly all: Footprint;
  /** Distinct footprints of all that may still come. */
  readonly futures: readonly Footprint[];
  readonly classes: readonly number[];
  /** Constant tables that its guards look up at the value of a field. */
  readonly lookUps: LookUps;
}

export function reductionOf(spec: ModelSpec): Reduction {
  const analysed = spec.actors.map((actor) => analyse(spec, actor));
  const watched = watchedBy(spec);
  return { actors: analysed.map((a, i) => reduceActor(spec, analysed, { a, i, watched })) };
}

function analyse({ layout }: ModelSpec, actor: Actor): Analysed {
  const lookUps: LookUps = new Map();
  const ready = { reads: readsOf(layout, actor.ready, lookUps), writes: 0n };
  const own = actor.program.instrs.map((instr, pc) =>
    instr.k === 'step' ? stepFootprint(layout, actor.program, pc, lookUps) : null,
  );
  const whole = own.map((step) => (step === null ? null : { ...both(step, ready), targets: step.targets }));
  const future = futuresOf(whole);
  const keys = future.map(({ reads, writes }) => `${String(reads)} ${String(writes)}`);
  const distinct = [...new Set(keys)];
  const futures = distinct.map((key) => at(future, keys.indexOf(key)));
  const all = whole.reduce((sum: Footprint, step) => (step === null ? sum : both(sum, step)), NOTHING);
  const classes = keys.map((key) => distinct.indexOf(key));
  return { actor, steps: own, all, futures, classes, lookUps };
}

/** By pc: what the step there and all that can come after it may read and write. */
function futuresOf(steps: readonly (StepFootprint | null)[]): readonly Footprint[] {
  const future: Footprint[] = steps.map((step) => step ?? NOTHING);
  for (let changed = true; changed;) {
    changed = false;
    for (let pc = steps.length - 1; pc >= 0; pc--) {
      const known = at(future, pc);
      const more = (steps[pc]?.targets ?? []).reduce((sum, to) => both(sum, at(future, to)), known);
      if (more.reads === known.reads && more.writes === known.writes) continue;
      future[pc] = { reads: more.reads, writes: more.writes };
      changed = true;
    }
  }
  return future;
}

/** What invariants look at: words, and for a pc that is only compared, the places it is compared with. */
interface Watched {
  readonly words: bigint;
  readonly places: ReadonlyMap<string, ReadonlySet<number>>;
}

function watchedBy({ layout, invariants, actors }: ModelSpec): Watched {
  const pcs = new Set(actors.map(({ program }) => program.pcField));
  const places = new Map<string, Set<number>>();
  let words = 0n;
  const look = (e: Expr): void => {
    if (e.k === 'binary' && e.op === '==' && e.a.k === 'get' && pcs.has(e.a.field) && e.b.k === 'const') {
      places.set(e.a.field, (places.get(e.a.field) ?? new Set()).add(e.b.value));
      return;
    }
    if (e.k === 'binary') {
      look(e.a);
      look(e.b);
    } else if (e.k === 'not') look(e.a);
    else words |= readsOf(layout, e);
  };
  for (const { broken } of invariants) look(broken);
  return { words, places };
}

interface Reducing {
  readonly a: Analysed;
  readonly i: number;
  readonly watched: Watched;
}

function reduceActor(spec: ModelSpec, all: readonly Analysed[], { a, i, watched }: Reducing): ActorReduction {
  const others = all.filter((b) => b !== a);
  const pcWord = 1n << BigInt(fieldOf(spec.layout, a.actor.program.pcField).offset);
  const isShared = others.some((b) => (b.all.writes & pcWord) !== 0n);
  const chosen = a.steps.flatMap((step, pc) =>
    step !== null && !isShared && a.actor.role !== 'whim' && isCandidate(a, pc, step, { watched, pcWord })
      ? [{ step, pc }]
      : [],
  );
  const candidates = a.steps.map((_, pc) => chosen.findIndex((candidate) => candidate.pc === pc) + 1);
  const independent = all.map((b) => {
    if (b === a) return null;
    const table = chosen.map(({ step, pc }) => {
      const looksSame = seesNoMove(spec, b.lookUps, a.actor.program.pcField, [pc, ...step.targets]);
      return b.futures.map((future) => looksSame && areIndependent(step, future));
    });
    return table.every((row) => row.every(Boolean)) ? null : table;
  });
  const holds = all.map((b, j) => holdsOf(spec, all, { a: i, b: j, held: b }));
  return { candidates, classes: a.classes, independent, holds };
}

/** Whether every table that somebody looks up at a pc says the same at all these places. */
function seesNoMove(spec: ModelSpec, lookUps: LookUps, pcField: string, places: readonly number[]): boolean {
  return [...(lookUps.get(pcField) ?? [])].every((name) => {
    const table = must(spec.tables, name);
    return new Set(places.map((place) => table[place] ?? 0)).size === 1;
  });
}

interface Seen {
  readonly watched: Watched;
  readonly pcWord: bigint;
}

function isCandidate(
  { actor }: Analysed,
  pc: number,
  step: StepFootprint,
  { watched, pcWord }: Seen,
): boolean {
  const { instrs, pcField } = actor.program;
  const places = watched.places.get(pcField) ?? new Set<number>();
  const goesOn = step.targets.every((to) => to > pc && at(instrs, to).k !== 'end' && !places.has(to));
  const pcIsSeen = (watched.words & pcWord) !== 0n || places.has(pc);
  return goesOn && !pcIsSeen && (step.writes & ~pcWord & watched.words) === 0n;
}

interface Holding {
  readonly a: number;
  readonly b: number;
  readonly held: Analysed;
}

function holdsOf(spec: ModelSpec, all: readonly Analysed[], { a, b, held }: Holding): Holds {
  const elsewhere = all
    .filter((_, i) => i !== a && i !== b)
    .reduce((mask, other) => mask | other.all.writes, 0n);
  const certain = (e: Expr): readonly Expr[] =>
    conditions(e).filter((part) => {
      const reads = readsOf(spec.layout, part);
      return !usesMove(part) && reads !== 0n && (reads & elsewhere) === 0n;
    });
  const { role, program, ready } = held.actor;
  const guards = program.instrs.flatMap((instr, pc) => {
    const parts = instr.k === 'step' && role === 'service' ? certain(instr.guard) : [];
    return parts.length === 0 ? [] : [[pc, parts] as const];
  });
  return { ready: certain(ready), guards: new Map(guards) };
}

/** The parts of a conjunction. */
function conditions(e: Expr): readonly Expr[] {
  return e.k === 'binary' && e.op === '&&' ? [...conditions(e.a), ...conditions(e.b)] : [e];
}

function usesMove(e: Expr): boolean {
  return JSON.stringify(e).includes('"k":"move"');
}
