import { create } from 'zustand';
import { putWords } from '../explorer/chunks.ts';
import type { Scene } from '../machine/decode.ts';
import { type Client, createClient, startWorker } from '../worker/client.ts';
import type { Place } from '../worker/places.ts';
import type { Opened, Schedule, Source } from '../worker/protocol.ts';
import { type Aligned, alignedSide, differenceMoments, momentOfSide } from './compare-rows.ts';
import { firstBreach } from './compare-strip.ts';

/** One of the two runs that are compared, at the moment shown. */
export interface Side extends Aligned {
  readonly title: string;
  readonly opened: Opened;
  readonly scene: Scene;
  /** Word offsets that the last step of this side changed. */
  readonly changed: Int32Array;
  /** Where its tables are and were, up to its end. */
  readonly places: readonly Place[];
  /** Steps that this side has taken at the moment shown. */
  readonly cursor: number;
}

/** What to compare: a title, where the run starts from, and its steps. */
export interface Contender {
  readonly title: string;
  readonly source: Source;
  readonly schedule: Schedule;
  /** What a file source is about; null for scenarios. */
  readonly file: File | null;
}

/** The moments of a comparison that tell something. */
export interface Landmarks {
  /** Those after the steps at which both sides begin to differ, in order. */
  readonly differences: readonly number[];
  /** The one after the first step that breaks a property on either side; null for none. */
  readonly failure: number | null;
}

export interface CompareState {
  readonly sides: readonly [Side, Side] | null;
  /** Found once for a comparison: its schedules do not change. */
  readonly landmarks: Landmarks;
  /** Steps of the schedules that are passed: 0 to `length`. */
  readonly index: number;
  readonly busy: boolean;
  /** Which way both are being played; null while nobody plays. */
  readonly playing: 1 | -1 | null;
  /** Why there is nothing to see, in words; empty when there is. */
  readonly problem: string;
}

const NONE: Landmarks = { differences: [], failure: null };

export const useCompare = create<CompareState>(() => ({
  ...{ sides: null, landmarks: NONE, index: 0, busy: false, playing: null, problem: '' },
}));

const { getState: get, setState: set } = useCompare;

let clients: readonly [Client, Client] | null = null;
/** Counts what was asked for: an answer to an earlier question is not shown. */
let question = 0;

function connected(): readonly [Client, Client] {
  const died = (): void => {
    clients = null;
    set({
      sides: null,
      busy: false,
      playing: null,
      problem:
        'A simulation of the comparison stopped working. The run on the workbench is kept; compare again.',
    });
  };
  clients ??= [createClient(startWorker(), died), createClient(startWorker(), died)];
  return clients;
}

/** Opens both runs at step `index` of their schedules. Steps that are not possible on a side are left out there. */
export async function compare(left: Contender, right: Contender, index = 0): Promise<void> {
  question += 1;
  const mine = question;
  set({ sides: null, index: 0, busy: true, playing: null, problem: '' });
  const [one, two] = connected();
  const [a, b] = await Promise.all([openSide(one, left), openSide(two, right)]);
  if (mine !== question) return;
  if (typeof a === 'string' || typeof b === 'string') {
    set({ busy: false, problem: typeof a === 'string' ? a : typeof b === 'string' ? b : '' });
    return;
  }
  const landmarks = { differences: differenceMoments(a, b), failure: firstBreach(a.rows, b.rows) };
  set({ sides: [a, b], landmarks, busy: false });
  if (index > 0) await compareAt(index);
}

/** The side, or why it cannot be had. */
async function openSide(
  client: Client,
  { title, source, schedule, file }: Contender,
): Promise<Side | string> {
  if (file !== null) {
    const loaded = await client.ask({ do: 'load', name: file.name, bytes: await file.arrayBuffer() });
    if (loaded.kind === 'refused') return loaded.message;
  }
  const answer = await client.ask({ do: 'open', source, schedule, cursor: 0, skips: true });
  if (answer.kind === 'refused') return answer.message;
  if (answer.kind !== 'opened') return 'The simulation gave no run to compare.';
  const { world, layout, moment, skipped } = answer;
  const { records, changed, places } = moment;
  const scene = { world, layout, words: moment.words ?? new Int32Array(layout.words) };
  return {
    ...alignedSide(schedule, skipped, records),
    ...{ title, opened: answer, scene, changed, places, cursor: 0 },
  };
}

/** Steps of the longer schedule. */
export function comparedLength([a, b]: readonly [Side, Side]): number {
  return Math.max(a.rows.length, b.rows.length);
}

let target = 0;

/** Goes to the moment after `index` steps of the schedules, on both sides; the last of several asked for wins. */
export async function compareAt(index: number): Promise<void> {
  const { sides, busy } = get();
  if (sides === null) return;
  target = Math.max(0, Math.min(comparedLength(sides), index));
  if (busy) return;
  const mine = question;
  set({ busy: true });
  const [one, two] = connected();
  for (let done = -1; done !== target;) {
    done = target;
    const now = get().sides;
    if (now === null) return;
    const [left, right] = await Promise.all([sideAt(one, now[0], done), sideAt(two, now[1], done)]);
    if (mine !== question) return;
    set({ sides: [left, right], index: done });
  }
  set({ busy: false });
}

async function sideAt(client: Client, side: Side, index: number): Promise<Side> {
  const answer = await client.ask({ do: 'seek', cursor: momentOfSide(side, index) });
  if (answer.kind !== 'moment') return side;
  const words = side.scene.words.slice();
  putWords(answer.written, words);
  const { cursor, changed } = answer;
  return { ...side, scene: { ...side.scene, words }, cursor, changed };
}
