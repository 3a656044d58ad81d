import { create } from 'zustand';
import { type Client, createClient, startWorker, WorkerDied } from '../worker/client.ts';
import type { Impossible } from '../worker/protocol.ts';
import { differenceMoments } from './compare-rows.ts';
import { comparedLength, type Contender, momentAt, openSide, type Side, sideAt } from './compare-side.ts';
import { firstBreach } from './compare-strip.ts';

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

const NOTHING: CompareState = {
  sides: null,
  landmarks: { differences: [], failure: null },
  index: 0,
  busy: false,
  playing: null,
  problem: '',
};

export const useCompare = create<CompareState>(() => NOTHING);

const { getState: get, setState: set } = useCompare;

type Clients = readonly [Client, Client];

let clients: Clients | null = null;
/** Counts what was asked for: an answer to an earlier question is not shown. */
let question = 0;

function connected(): Clients {
  const died = (): void => {
    if (clients === null) return;
    const both = clients;
    clients = null;
    question += 1;
    for (const client of both) client.close();
    const problem =
      'A simulation of the comparison stopped working. The run on the workbench is kept; compare again.';
    set({ ...NOTHING, problem });
  };
  clients ??= [createClient(startWorker(), died), createClient(startWorker(), died)];
  return clients;
}

/** Opens both runs at step `index` of their schedules; `impossible` says what becomes of steps that a side cannot take. */
export async function compare(
  sides: readonly [Contender, Contender],
  { index, impossible }: { readonly index: number; readonly impossible: Impossible },
): Promise<void> {
  question += 1;
  const mine = question;
  set({ ...NOTHING, busy: true });
  await unlessDied(async () => {
    const [one, two] = connected();
    const [left, right] = sides;
    const [a, b] = await Promise.all([openSide(one, left, impossible), openSide(two, right, impossible)]);
    if (mine !== question) return;
    if (typeof a === 'string') set({ ...NOTHING, problem: a });
    else if (typeof b === 'string') set({ ...NOTHING, problem: b });
    else show(a, b);
  });
  if (index > 0 && mine === question) await compareAt(index);
}

function show(a: Side, b: Side): void {
  const landmarks = { differences: differenceMoments(a, b), failure: firstBreach(a.rows, b.rows) };
  set({ sides: [a, b], landmarks, busy: false });
}

/** Carries out what asks both workers; where one ends, that was told already. */
async function unlessDied(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (!(error instanceof WorkerDied)) throw error;
  }
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
  await unlessDied(() => reachTarget(mine));
}

async function reachTarget(mine: number): Promise<void> {
  const [one, two] = connected();
  for (let done = -1; done !== target;) {
    done = target;
    const { sides } = get();
    if (sides === null) return;
    const [left, right] = await Promise.all([momentAt(one, sides[0], done), momentAt(two, sides[1], done)]);
    if (mine !== question) return;
    set({ sides: [sideAt(sides[0], left), sideAt(sides[1], right)], index: done });
  }
  set({ busy: false });
}
