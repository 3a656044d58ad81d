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
    ...momentState({ records: [], places: [], branches: [] }, scene, moment),
  });
}

/** Puts one moment of the run on the screen. */
export function takeMoment(moment: Moment): void {
  const { scene, ...had } = get();
  if (scene !== null) set(momentState(had, scene, moment));
}

type Kept = Pick<WorkbenchState, 'records' | 'places' | 'branches'>;
type Shown = Kept &
  Pick<
    WorkbenchState,
    'scene' | 'changed' | 'before' | 'cursor' | 'length' | 'choices' | 'branch' | 'stopped'
  >;

function momentState(had: Kept, scene: Scene, moment: Moment): Shown {
  const { offsets, values, changed, before, cursor, length, choices, keep, branch } = moment;
  offsets.forEach((offset, i) => scene.words.fill(values[i] ?? 0, offset, offset + 1));
  const whole = moment.words !== null;
  const unchanged = moment.records.length === 0 && keep === had.records.length;
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
    records: unchanged ? had.records : [...had.records.slice(0, keep), ...moment.records],
    places: unchanged && !whole ? had.places : [...keptPlaces, ...moment.places],
  };
}
