import { create } from 'zustand';
import type { Scene } from '../machine/decode.ts';
import { type Client, createClient, startWorker, WorkerDied } from '../worker/client.ts';
import type { Place } from '../worker/places.ts';
import type {
  Answer,
  Choice,
  FileSummary,
  Moment,
  Opened,
  Progress,
  Request,
  Source,
  StepRecord,
} from '../worker/protocol.ts';
import type { Selection } from './selection.ts';

/** What the first visitor sees: a whole tree about to move, paused before its first step. */
export const FIRST_SOURCE: Source = {
  kind: 'scenario',
  scenario: 'tree',
  version: '2008-05-09',
  overrides: { nodeTest: 'pointee' },
};

/** A message for the reader: what happened, what was kept, what to do. */
export interface Notice {
  readonly tone: 'error' | 'info';
  readonly text: string;
  /** The simulation is gone: the notice offers to reopen the run where it stood. */
  readonly reopen: boolean;
}

export interface WorkbenchState {
  /** null until the first answer. */
  readonly opened: Opened | null;
  /** The state at the cursor. A new object for each moment; `words` is changed in place. */
  readonly scene: Scene | null;
  /** Word offsets that the last move of the cursor changed. */
  readonly changed: Int32Array;
  readonly cursor: number;
  readonly length: number;
  readonly choices: readonly Choice[];
  readonly records: readonly StepRecord[];
  /** Where tables are and were, up to the end of the run: those with since <= cursor exist at the cursor. */
  readonly places: readonly Place[];
  readonly file: FileSummary | null;
  readonly busy: boolean;
  readonly progress: Progress | null;
  readonly notice: Notice | null;
  readonly playing: boolean;
  readonly stepsPerSecond: number;
  readonly seed: number;
  readonly selection: Selection | null;
  readonly hover: Selection | null;
}

export const useWorkbench = create<WorkbenchState>(() => ({
  opened: null,
  scene: null,
  changed: new Int32Array(0),
  cursor: 0,
  length: 0,
  choices: [],
  records: [],
  places: [],
  file: null,
  busy: false,
  progress: null,
  notice: null,
  playing: false,
  stepsPerSecond: 4,
  seed: 1,
  selection: null,
  hover: null,
}));

const { getState: get, setState: set } = useWorkbench;

let client: Client | null = null;
let cancelling: AbortController | null = null;

function connected(): Client {
  client ??= createClient(startWorker(), died);
  return client;
}

function died(reason: string): void {
  client = null;
  const text = `The simulation stopped working: ${reason} What was on screen is kept; reopen the run to go on.`;
  set({ busy: false, progress: null, playing: false, notice: { tone: 'error', text, reopen: true } });
}

async function ask(request: Request): Promise<Answer | null> {
  set({ busy: true });
  cancelling = new AbortController();
  try {
    const answer = await connected().ask(request, {
      onProgress: (progress) => set({ progress }),
      signal: cancelling.signal,
    });
    take(answer);
    return answer;
  } catch (error) {
    if (!(error instanceof WorkerDied)) throw error;
    return null;
  } finally {
    set({ busy: false, progress: null });
  }
}

function take(answer: Answer): void {
  switch (answer.kind) {
    case 'opened': {
      const { world, layout, moment } = answer;
      const scene = { world, layout, words: moment.words ?? new Int32Array(layout.words) };
      set({
        opened: answer,
        scene,
        records: [],
        places: [],
        selection: null,
        hover: null,
        notice: null,
        playing: false,
      });
      takeMoment(moment, scene);
      return;
    }
    case 'moment': {
      const { scene } = get();
      if (scene !== null) takeMoment(answer, scene);
      return;
    }
    case 'file':
      set({ file: answer });
      return;
    case 'refused':
      set({ notice: { tone: 'error', text: answer.message, reopen: false }, playing: false });
      return;
    case 'schedule':
  }
}

function takeMoment(moment: Moment, scene: Scene): void {
  const { offsets, values, cursor, length, choices, keep } = moment;
  offsets.forEach((offset, i) => scene.words.fill(values[i] ?? 0, offset, offset + 1));
  const state = get();
  const unchanged = moment.records.length === 0 && keep === state.records.length;
  set({
    scene: { ...scene },
    changed: offsets,
    cursor,
    length,
    choices,
    records: unchanged ? state.records : [...state.records.slice(0, keep), ...moment.records],
    places:
      unchanged && moment.words === null
        ? state.places
        : [...state.places.filter((p) => p.since <= keep && moment.words === null), ...moment.places],
  });
}

/** Opens a scenario or the loaded file, at a moment of a schedule if one is given. */
export async function open(
  source: Source,
  schedule: readonly (readonly [number, number])[] = [],
  cursor = 0,
): Promise<void> {
  await ask({ do: 'open', source, schedule, cursor });
}

/** Opens the run on screen again, from its first step to where it stands: after the worker died. */
export async function reopen(): Promise<void> {
  const { opened, records, cursor } = get();
  const schedule = records.map(({ actor, move }) => [actor, move] as const);
  await open(opened?.source ?? FIRST_SOURCE, schedule, cursor);
}

/** Reads a file that the user chose. Gives its summary, or null when it was refused (a notice says why). */
export async function loadFile(file: File): Promise<FileSummary | null> {
  const bytes = await file.arrayBuffer();
  const answer = await ask({ do: 'load', name: file.name, bytes });
  return answer?.kind === 'file' ? answer : null;
}

export async function step(actor: number, move = 0): Promise<void> {
  await ask({ do: 'step', actor, move });
}

export async function seek(cursor: number): Promise<void> {
  const { length } = get();
  await ask({ do: 'seek', cursor: Math.max(0, Math.min(length, cursor)) });
}

/** One step on: along the recorded future, else what the seeded scheduler chooses. */
export async function advance(): Promise<void> {
  await ask({ do: 'advance', seed: get().seed, steps: 1 });
}

export async function back(): Promise<void> {
  await seek(get().cursor - 1);
}

/** The seeded scheduler, until nobody can move, `steps` are taken or the run is cancelled. */
export async function runOn(steps: number): Promise<void> {
  await ask({ do: 'run', seed: get().seed, steps });
}

/** One actor until it cannot move. */
export async function runActor(actor: number): Promise<void> {
  await ask({ do: 'run-actor', actor, steps: 10_000 });
}

export function cancel(): void {
  cancelling?.abort();
}

export function dismissNotice(): void {
  set({ notice: null });
}

export function select(selection: Selection | null): void {
  set({ selection });
}

export function point(hover: Selection | null): void {
  set({ hover });
}
