import type { BranchSeed } from '../worker/branch-messages.ts';
import type { Request, Schedule, Source } from '../worker/protocol.ts';
import { ask, inTurn } from './connection.ts';
import { seedsOf } from './branches.ts';
import { noteShown, provideFile } from './files.ts';
import { takeMoment, takeOpened } from './moments.ts';
import type { Stop } from '../worker/stops.ts';
import type { Selection } from './selection.ts';
import { clearStops, stopsSet } from './stops.ts';
import { FIRST_SOURCE, useWorkbench } from './state.ts';

export { cancel } from './connection.ts';
export { FIRST_SOURCE, type Notice, useWorkbench, type WorkbenchState } from './state.ts';

const { getState: get, setState: set } = useWorkbench;

/** Steps that one run takes at most: a run that never ends must stop somewhere. */
export const RUN_LIMIT = 200_000;

export interface OpenOptions {
  readonly schedule?: Schedule;
  readonly cursor?: number;
  /** All branches, the first of them with `schedule` as its steps, and the number of the one to show. */
  readonly branches?: readonly BranchSeed[];
  readonly shown?: number;
  /** A file source means the file read last, not the one on the screen. */
  readonly fresh?: boolean;
}

/** Opens a scenario or a file, at a moment of a schedule if one is given. False when it was refused. */
export function open(source: Source, options: OpenOptions = {}): Promise<boolean> {
  const { schedule = [], cursor = 0, branches = [], shown = 0, fresh = false } = options;
  return inTurn(async () => {
    if (!(await provideFile(source, fresh))) return false;
    const answer = await ask({ do: 'open', source, schedule, cursor, branches, shown });
    if (answer?.kind !== 'opened') return false;
    if (JSON.stringify(answer.source) !== JSON.stringify(get().opened?.source)) clearStops();
    noteShown(answer.source);
    takeOpened(answer);
    return true;
  });
}

/** Opens the run on screen again, with all its branches, where it stands: after the worker died. */
export async function reopen(): Promise<void> {
  const state = get();
  await open(state.opened?.source ?? FIRST_SOURCE, { ...seedsOf(state), cursor: state.cursor });
}

/** Asks for another moment, when its turn has come, and shows it. Ends playing. */
function go(requestNow: () => Request): Promise<void> {
  // Whoever listens is asked at each change.
  if (get().playing) set({ playing: false });
  return inTurn(async () => {
    const answer = await ask(requestNow());
    if (answer?.kind === 'moment') takeMoment(answer);
  });
}

export function step(actor: number, move = 0): Promise<void> {
  return go(() => ({ do: 'step', actor, move }));
}

function seekRequest(cursor: number): Request {
  return { do: 'seek', cursor: Math.max(0, Math.min(get().length, cursor)) };
}

export function seek(cursor: number): Promise<void> {
  return go(() => seekRequest(cursor));
}

/** Steps on: along the recorded future, else what the seeded scheduler chooses. */
export function advance(steps = 1): Promise<void> {
  return go(() => ({ do: 'advance', seed: get().seed, steps }));
}

/** Steps on while playing, until a stop is met: shows the moment as it comes. */
export function advancePlaying(steps: number): Promise<void> {
  return inTurn(async () => {
    const answer = await ask({ do: 'advance', seed: get().seed, steps, stops: stopsOfRuns() });
    if (answer?.kind === 'moment') takeMoment(answer);
  });
}

/** Where playing and running stop: where the reader said and, unless that is switched off, at a violation. */
function stopsOfRuns(): readonly Stop[] {
  return get().stopOnViolation ? [{ kind: 'event', event: 'violation' }, ...stopsSet()] : stopsSet();
}

/** To the next line of the outer routine, or back by one. */
export function moveLine(by: 1 | -1): Promise<void> {
  return go(() => ({ do: 'line', by, seed: get().seed, stops: stopsSet() }));
}

export function back(): Promise<void> {
  return go(() => seekRequest(get().cursor - 1));
}

/** Shows another branch, at the moment `cursor` or, where it is shorter, at its end. */
export function switchBranch(branch: number, cursor = get().cursor): Promise<void> {
  return go(() => ({ do: 'switch-branch', branch, cursor }));
}

export function nameBranch(branch: number, name: string): Promise<void> {
  return go(() => ({ do: 'name-branch', branch, name }));
}

/** Forgets a branch and those that fork from it. */
export function deleteBranch(branch: number): Promise<void> {
  return go(() => ({ do: 'delete-branch', branch }));
}

/** The seeded scheduler, until nobody can move, a stop is met or the run is cancelled. */
export function runOn(stops: readonly Stop[] = stopsOfRuns()): Promise<void> {
  return go(() => ({ do: 'run', seed: get().seed, steps: RUN_LIMIT, stops }));
}

/** One actor until it cannot move or a stop is met. */
export function runActor(actor: number): Promise<void> {
  return go(() => ({ do: 'run-actor', actor, steps: 10_000, stops: stopsSet() }));
}

export function dismissNotice(): void {
  set({ notice: null });
}

export function setSeed(seed: number): void {
  set({ seed });
}

export function setSpeed(stepsPerSecond: number): void {
  set({ stepsPerSecond });
}

export function setStopOnViolation(stopOnViolation: boolean): void {
  set({ stopOnViolation });
}

export function select(selection: Selection | null): void {
  set({ selection });
}

export function point(hover: Selection | null): void {
  set({ hover });
}
