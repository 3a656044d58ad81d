import { at, must } from '../lib/at.ts';
import { type Expr, partsOf } from '../program/expr.ts';
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
import { writtenFields } from '../program/effects.ts';
import { fieldOf } from '../program/layout.ts';
import type { Actor, ModelSpec } from './model.ts';

/**
 * Which steps may be taken alone, with all other actors' steps left for later (a persistent set of one actor, as Godefroid 1996 has them). A
 * step t of actor a is a candidate where
 * - nothing that a state invariant reads changes by it (violations and moments of steps are told by the steps themselves, with
 *   the same values in whatever order independent steps are taken),
 * - control goes strictly forward in a's program and to no end, and nobody else moves it: a run of such steps is finite, so
 *   nothing is put off for ever,
 * - it writes nothing that a's `ready` reads.
 * In a state it is taken alone if it is enabled, and each other actor b either cannot move before a does (some condition of its
 * next step is false, and only a or b could change that), or does nothing from where it is to its end that depends on t. One whom others
 * send elsewhere may do all that its program does.
 *
 * Why no verdict changes: let w be any path from that state. If t is in w, nothing before it depends on it, so t can be moved to
 * the front, and what remains of w is shorter. If it is not, w can be taken after t as it was: t changes nothing that w reads. Either way the
 * steps of w read and write what they did, and the states in between look the same to every invariant. By induction, first over
 * the length of w, then over that of the run of candidates, each violation, moment and broken invariant is found. A deadlock at the end of w: t is
 * not in w only if a was kept from moving by its `ready`, which t does not change and which keeps it from its next step as well; one who could not
 * move before a does cannot move after t either, since where a can be kept from moving only conditions count that t leaves false. So w after t is a
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
  /** Constant tables that its guards look up at pcs. */
  readonly lookUps: LookUps;
  /** Whether somebody else may move its pc. */
  readonly isMoved: boolean;
}

export function reductionOf(spec: ModelSpec): Reduction {
  const written = spec.actors.map(({ program }) => writtenFields(program.instrs));
  const analysed = spec.actors.map((actor, i) => {
    const isMoved = written.some((fields, other) => other !== i && fields.has(actor.program.pcField));
    return analyse(spec, actor, isMoved);
  });
  const watched = watchedBy(spec);
  return { actors: analysed.map((a, i) => reduceActor(spec, analysed, { a, i, watched })) };
}

function analyse({ layout, actors }: ModelSpec, actor: Actor, isMoved: boolean): Analysed {
  const lookUps: LookUps = new Map(actors.map(({ program }) => [program.pcField, new Set()]));
  const ready = { reads: readsOf(layout, actor.ready, lookUps), writes: 0n };
  const stepsWith = (told?: LookUps) =>
    actor.program.instrs.map((instr, pc) =>
      instr.k === 'step' ? stepFootprint(layout, actor.program, pc, told) : null,
    );
  const own = stepsWith();
  const whole = stepsWith(lookUps).map((step) =>
    step === null ? null : { ...both(step, ready), targets: step.targets },
  );
  const all = whole.reduce((sum: Footprint, step) => (step === null ? sum : both(sum, step)), NOTHING);
  const future = isMoved ? whole.map(() => all) : futuresOf(whole);
  const keys = future.map(({ reads, writes }) => `${String(reads)} ${String(writes)}`);
  const distinct = [...new Set(keys)];
  const futures = distinct.map((key) => at(future, keys.indexOf(key)));
  const classes = keys.map((key) => distinct.indexOf(key));
  return { actor, steps: own, all, futures, classes, lookUps, isMoved };
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
    const place = placeIn(e);
    if (place !== null && pcs.has(place.field)) {
      places.set(place.field, (places.get(place.field) ?? new Set()).add(place.value));
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

/** Field and value of a test whether one element has one value; null for others. */
function placeIn(e: Expr): { readonly field: string; readonly value: number } | null {
  if (e.k !== 'binary' || e.op !== '==' || e.a.k !== 'get' || e.b.k !== 'const') return null;
  return partsOf(e.a).every(({ k }) => k === 'const') ? { field: e.a.field, value: e.b.value } : null;
}

interface Reducing {
  readonly a: Analysed;
  readonly i: number;
  readonly watched: Watched;
}

function reduceActor(spec: ModelSpec, all: readonly Analysed[], { a, i, watched }: Reducing): ActorReduction {
  const pcWord = 1n << BigInt(fieldOf(spec.layout, a.actor.program.pcField).offset);
  const ready = readsOf(spec.layout, a.actor.ready);
  const chosen = a.steps.flatMap((step, pc) =>
    step !== null && isCandidate(a, pc, step, { watched, pcWord, ready }) ? [{ step, pc }] : [],
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
  const isSteady = all.every((b) => b === a || (b.all.writes & ready) === 0n);
  const mayUndo = (part: Expr): boolean =>
    !isSteady && chosen.some(({ step }) => undoes(spec, a, step, part));
  const holds = all.map((b, j) => holdsOf(spec, all, { a: i, b: j, held: b, mayUndo }));
  return { candidates, classes: a.classes, independent, holds };
}

/** Whether a step may make a condition true that was not. */
function undoes({ layout }: ModelSpec, { actor }: Analysed, step: StepFootprint, part: Expr): boolean {
  const place = placeIn(part);
  if (place?.field === actor.program.pcField) return step.targets.includes(place.value);
  return (readsOf(layout, part) & step.writes) !== 0n;
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
  /** What the actor's own `ready` reads. */
  readonly ready: bigint;
}

function isCandidate(
  { actor, isMoved }: Analysed,
  pc: number,
  step: StepFootprint,
  { watched, pcWord, ready }: Seen,
): boolean {
  if (isMoved || actor.role === 'whim' || (step.writes & ready) !== 0n) return false;
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
  /** Whether a step of a that is taken alone may make a condition true, though a may be kept from it for ever. */
  readonly mayUndo: (part: Expr) => boolean;
}

function holdsOf(spec: ModelSpec, all: readonly Analysed[], { a, b, held, mayUndo }: Holding): Holds {
  const elsewhere = all
    .filter((_, i) => i !== a && i !== b)
    .reduce((mask, other) => mask | other.all.writes, 0n);
  const certain = (e: Expr): readonly Expr[] =>
    conditions(e).filter((part) => {
      const reads = readsOf(spec.layout, part);
      return !usesMove(part) && reads !== 0n && (reads & elsewhere) === 0n && !mayUndo(part);
    });
  const { role, program, ready } = held.actor;
  const guards = program.instrs.flatMap((instr, pc) => {
    const parts = instr.k === 'step' && role === 'service' && !held.isMoved ? certain(instr.guard) : [];
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
