import { putWords } from '../explorer/chunks.ts';
import type { Scene } from '../machine/decode.ts';
import type { Moment } from '../worker/moment-messages.ts';
import type { Opened } from '../worker/protocol.ts';
import { hearRecords } from '../worker/sent-records.ts';
import { nextFramePainted } from './next-frame.ts';
import { type Settled, settledOf, useWorkbench, type WorkbenchState } from './state.ts';

const { getState: get, setState: set } = useWorkbench;

/** Puts a newly opened run on the screen. */
export function takeOpened(opened: Opened): void {
  const { world, layout, moment } = opened;
  const scene = { world, layout, words: moment.words ?? new Int32Array(layout.words) };
  const shown = momentState({ records: [], arrived: [], places: [], branches: [] }, scene, moment);
  set({
    opened,
    selection: null,
    hover: null,
    notice: null,
    playing: false,
    ...shown,
    leapt: true,
    dragged: false,
    ...sameMoment(shown),
  });
}

/** Puts one moment of the run on the screen. */
export function takeMoment(moment: Moment): void {
  const { scene, notice, ...had } = get();
  if (scene === null) return;
  // What was only told has been read by whoever goes on; what went wrong stays until it is put away.
  const kept = notice?.tone === 'info' ? null : notice;
  const shown = momentState(had, scene, moment);
  const leapt = isLeap(had.cursor, moment);
  const follow = leapt && !had.playing && !had.dragged;
  const { settled, following } = had.dragged || follow ? had : sameMoment(shown);
  set({ notice: kept, ...shown, settled, following, leapt });
  if (follow) void followLeap();
}

/** After a leap the tree and the timeline are painted first: what else there is follows in the next frame. */
async function followLeap(): Promise<void> {
  await nextFramePainted();
  const { dragged, settled, scene } = get();
  if (!dragged && settled.scene !== scene) set(sameMoment);
}

/** All views show the same moment. */
export function sameMoment(shown: Settled): Pick<WorkbenchState, 'settled' | 'following'> {
  const settled = settledOf(shown);
  return { settled, following: settled };
}

/** In a run of so many steps a pixel of the timeline is several of them. */
export const LONG_RUN = 1000;
const MOST_FOLLOWED = 64;

/** Whether nobody could follow what changes from one moment to another: a leap in a long run. */
export function isLeap(from: number, { cursor, length }: Pick<Moment, 'cursor' | 'length'>): boolean {
  return length > LONG_RUN && Math.abs(cursor - from) > MOST_FOLLOWED;
}

type Kept = Pick<WorkbenchState, 'records' | 'arrived' | 'places' | 'branches'>;
type Shown = Kept &
  Pick<
    WorkbenchState,
    'scene' | 'changed' | 'before' | 'cursor' | 'length' | 'choices' | 'branch' | 'stopped'
  >;

function momentState(had: Kept, scene: Scene, moment: Moment): Shown {
  const { changed, before, cursor, length, choices, keep, branch } = moment;
  putWords(moment.written, scene.words);
  const whole = moment.words !== null;
  const heard = hearRecords(had, moment);
  const unchanged = heard.records === had.records;
  const keptPlaces = whole ? [] : had.places.filter(({ since }) => since <= keep);
  return {
    scene: { ...scene },
    changed,
    before,
    cursor,
    length,
    choices,
    branch,
    stopped: moment.stopped,
    branches: moment.branches ?? had.branches,
    ...heard,
    places: unchanged && !whole ? had.places : [...keptPlaces, ...moment.places],
  };
}
