import { at } from '../lib/at.ts';
import { describeNext } from '../explorer/describe.ts';
import { createModel } from '../explorer/model.ts';
import { createRun, enabledMoves, type Move, type Run, seededMove, seek, step } from '../explorer/run.ts';
import type { Scene } from '../machine/decode.ts';
import { textOf } from '../machine/words.ts';
import type { Design } from '../kernel/design.ts';
import { type Built, buildModel } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { type BranchTree, createBranches, forkFor } from './branches.ts';
import { newPlaces, type Place, placesOfTree } from './places.ts';
import type { SentRecords } from './sent-records.ts';
import type { FileSummary } from './file-summary.ts';
import type { StepRecord } from './moment-messages.ts';
import type { Source } from './protocol.ts';
import { deadlockIn, framesIn, violationsIn } from './told-step.ts';

/** A run being looked at: the engine's run, and what was said about each step. */
export interface Session {
  readonly scenario: Scenario;
  readonly design: Design;
  readonly source: Source;
  readonly file: FileSummary | null;
  readonly built: Built;
  readonly run: Run;
  readonly records: StepRecord[];
  readonly places: Place[];
  readonly tree: BranchTree;
  /** What the page has: whether a state, how many records of the run shown, which of all, and which version of the branches. */
  shown: { words: boolean; records: number; readonly sent: SentRecords; branches: number };
}

export interface SessionArgs {
  readonly scenario: Scenario;
  readonly design: Design;
  readonly source: Source;
  readonly file: FileSummary | null;
}

export function createSession({ scenario, design, source, file }: SessionArgs): Session {
  const built = buildModel(scenario, design);
  const run = createRun(createModel(built.model));
  const scene = { world: built.world, layout: built.model.layout, words: run.machine.words };
  return {
    scenario,
    design,
    source,
    file,
    built,
    run,
    records: [],
    places: [...placesOfTree(scene)],
    tree: createBranches(),
    shown: nothingShown(),
  };
}

export function nothingShown(): Session['shown'] {
  return { words: false, records: 0, sent: new Map(), branches: -1 };
}

export function sceneOf({ built, run }: Session): Scene {
  return { world: built.world, layout: built.model.layout, words: run.machine.words };
}

/**
 * Takes one step and keeps what can be said about it. A step that differs from the recorded one begins a branch; the
 * recorded one, on this branch or another, is followed. Throws when the move is not possible.
 */
export function take(session: Session, move: Move): StepRecord {
  const { run, records } = session;
  const recorded = run.moves[run.cursor];
  const follows =
    recorded !== undefined &&
    ((recorded.actor === move.actor && recorded.move === move.move) || forkFor(session, move));
  if (!follows) return takeNew(session, move);
  seek(run, run.cursor + 1);
  return at(records, run.cursor - 1);
}

function takeNew(session: Session, move: Move): StepRecord {
  const { run, records } = session;
  const next = describeNext(run.model, run.machine, move.actor, move.move);
  if (next === null) throw new Error(`${at(session.built.actors, move.actor).id} is at its end`);
  const index = run.cursor;
  const label = textOf(session.built.world, next.label);
  const found = step(run, move);
  const record: StepRecord = {
    index,
    actor: move.actor,
    move: move.move,
    tag: next.tag,
    label,
    line: next.line,
    frames: framesIn(next.label),
    violations: [...violationsIn(session, found), ...deadlockIn(session)],
    moments: found.filter(({ kind }) => kind === 'moment').map(({ id }) => id),
  };
  records.push(record);
  if (next.tag === 'swing' || next.tag === 'write') notePlaces(session, index);
  return record;
}

/** Remembers which tables the step at `index` put into the tree. */
function notePlaces(session: Session, index: number): void {
  const { run, places } = session;
  const known = new Map(places.map((place) => [place.frame, place]));
  const writes = {
    journal: run.machine.journal,
    from: at(run.marks, index),
    to: at(run.marks, index + 1),
    step: index + 1,
  };
  places.push(...newPlaces(sceneOf(session), known, writes));
}

/** Goes on: along the recorded future, else by the seed's choice. False when nobody can move. */
export function advance(session: Session, seed: number): boolean {
  const { run } = session;
  if (run.cursor < run.moves.length) {
    seek(run, run.cursor + 1);
    return true;
  }
  const move = seededMove(run, seed);
  if (move === null) return false;
  take(session, move);
  return true;
}

/** One step of an actor, its first possible move. False when it cannot move. */
export function moveActor(session: Session, actor: number): boolean {
  const move = enabledMoves(session.run).find((m) => m.actor === actor);
  if (move === undefined) return false;
  take(session, move);
  return true;
}

/** One actor on until it cannot move or `limit` steps are taken; gives how many were. */
export function runActor(session: Session, actor: number, limit: number): number {
  for (let taken = 0; taken < limit; taken++) if (!moveActor(session, actor)) return taken;
  return limit;
}
