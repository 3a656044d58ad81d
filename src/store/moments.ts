import type { Scene } from '../machine/decode.ts';
import type { Moment, Opened } from '../worker/protocol.ts';
import { useWorkbench, type WorkbenchState } from './state.ts';

const { getState: get, setState: set } = useWorkbench;

/** Puts a newly opened run on the screen. */
export function takeOpened(opened: Opened): void {
  const { world, layout, moment } = opened;
  const scene = { world, layout, words: moment.words ?? new Int32Array(layout.words) };
  set({
    opened,
    selection: null,
    hover: null,
    notice: null,
    playing: false,
    ...momentState({ records: [], places: [] }, scene, moment),
  });
}

/** Puts one moment of the run on the screen. */
export function takeMoment(moment: Moment): void {
  const { scene, records, places } = get();
  if (scene !== null) set(momentState({ records, places }, scene, moment));
}

/** Applies the last of several moments that came one after the other, with nothing shown in between. */
export function takeMoments(moments: readonly Moment[]): void {
  const last = moments.at(-1);
  const { scene } = get();
  if (last === undefined || scene === null) return;
  let kept: Kept = get();
  let next: Partial<WorkbenchState> = {};
  for (const moment of moments) {
    const state = momentState(kept, scene, moment);
    kept = { records: state.records, places: state.places };
    next = state;
  }
  set(next);
}

const nothing = new Int32Array(0);

type Kept = Pick<WorkbenchState, 'records' | 'places'>;
type Shown = Pick<
  WorkbenchState,
  'scene' | 'changed' | 'cursor' | 'length' | 'choices' | 'records' | 'places'
>;

function momentState(had: Kept, scene: Scene, moment: Moment): Shown {
  const { offsets, values, cursor, length, choices, keep } = moment;
  offsets.forEach((offset, i) => scene.words.fill(values[i] ?? 0, offset, offset + 1));
  const whole = moment.words !== null;
  const unchanged = moment.records.length === 0 && keep === had.records.length;
  const keptPlaces = whole ? [] : had.places.filter(({ since }) => since <= keep);
  return {
    scene: { ...scene },
    changed: cursor === 0 ? nothing : offsets,
    cursor,
    length,
    choices,
    records: unchanged ? had.records : [...had.records.slice(0, keep), ...moment.records],
    places: unchanged && !whole ? had.places : [...keptPlaces, ...moment.places],
  };
}
