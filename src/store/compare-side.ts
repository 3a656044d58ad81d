import { putWords } from '../explorer/chunks.ts';
import type { Scene } from '../machine/decode.ts';
import type { Client } from '../worker/client.ts';
import type { Place } from '../worker/places.ts';
import type { Moment } from '../worker/moment-messages.ts';
import type { Impossible, Opened, Schedule, Source } from '../worker/protocol.ts';
import { type Aligned, alignedSide, momentOfSide } from './compare-rows.ts';

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

/** The file that each worker holds. */
const held = new WeakMap<Client, File>();

/** The side at its start, or in words why it cannot be had. Rejects with WorkerDied where its worker ends. */
export async function openSide(
  client: Client,
  { title, source, schedule, file }: Contender,
  impossible: Impossible,
): Promise<Side | string> {
  const refusal = file === null ? null : await load(client, file);
  if (refusal !== null) return refusal;
  const answer = await client.ask({ do: 'open', source, schedule, cursor: 0, impossible });
  if (answer.kind === 'refused') return answer.message;
  if (answer.kind !== 'opened') return 'The simulation gave no run to compare.';
  const { world, layout, moment, notes } = answer;
  const { records, changed, places } = moment;
  const scene = { world, layout, words: moment.words ?? new Int32Array(layout.words) };
  return {
    ...alignedSide(schedule, notes, records),
    ...{ title, opened: answer, scene, changed, places, cursor: 0 },
  };
}

/** Gives the file to the worker, unless it has it; in words why that cannot be done, else null. */
async function load(client: Client, file: File): Promise<string | null> {
  if (held.get(client) === file) return null;
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return `${file.name} could not be read again: it was moved or changed since it was opened. The run on the workbench is kept. Open the file again, and compare then.`;
  }
  const loaded = await client.ask({ do: 'load', name: file.name, bytes });
  if (loaded.kind === 'refused') return loaded.message;
  held.set(client, file);
  return null;
}

/** What the worker shows of a side after `index` steps of the schedules; null where it refuses. */
export async function momentAt(client: Client, side: Side, index: number): Promise<Moment | null> {
  const answer = await client.ask({ do: 'seek', cursor: momentOfSide(side, index) });
  return answer.kind === 'moment' ? answer : null;
}

/** The side at another moment. Its words are written over: the state of a process has a million of them. */
export function sideAt(side: Side, moment: Moment | null): Side {
  if (moment === null) return side;
  putWords(moment.written, side.scene.words);
  const { cursor, changed } = moment;
  return { ...side, scene: { ...side.scene }, cursor, changed };
}

/** Steps of the longer schedule. */
export function comparedLength([a, b]: readonly [Side, Side]): number {
  return Math.max(a.rows.length, b.rows.length);
}
