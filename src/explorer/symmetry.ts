import { at } from '../lib/at.ts';
import type { ModelSpec } from './model.ts';
import { type Possible, possibleStates } from './possible-states.ts';
import { afterwards, leavesAlone, lostField, type Swap, type WordMap, wordMapOf } from './swap.ts';
import { refusalOf } from './symmetry-proof.ts';

/** Two who do the same, and yet may not stand for each other. */
export interface Refusal {
  readonly names: readonly [string, string];
  /** In words: where they can be told apart. */
  readonly why: string;
}

/**
 * What a search may take for one: of states that are each other's images it keeps the one that it finds first. Since the image of a path is a path
 * of as many steps, that breaks and reaches the same, the first to break something is as near as ever, and the schedule to it is real.
 *
 * With steps taken alone (`reduction.ts`): the argument there leads from a state and a path w, which ends in what is to be found, to a successor of the
 * state and what remains of w. Where an image of the successor was kept in its stead, the image of what remains leads from there to the same, in as
 * many steps. Only candidates leave w as long as it was, and they go forward in programs in which images keep everybody's place,
 * so that the places still to go, of all together, become fewer, whoever stands for whom: a run of candidates is as finite as before.
 */
export interface Symmetry {
  /** Those who stand for each other, in words: sets of two and more. */
  readonly twins: readonly (readonly string[])[];
  readonly refused: readonly Refusal[];
  /** Every change of states that changes nothing, but for the one that leaves all as it is. */
  readonly maps: readonly WordMap[];
}

/** More images of one state than this cost more than they save: of further twins only some stand for each other. */
const MOST_IMAGES = 24;

/** Of the swaps that a model proposes those that are proved (see `refusalOf`), and all that can be made of them by doing one after the other. */
export function symmetryOf(spec: ModelSpec): Symmetry {
  const { swaps = [] } = spec;
  let known: Symmetry = { twins: [], refused: [], maps: [wordMapOf(spec.layout, NO_SWAP)] };
  const possible = swaps.length === 0 ? null : possibleStates(spec);
  for (const swap of swaps) if (possible !== null) known = withSwap(known, { spec, swap, possible });
  return { ...known, maps: known.maps.slice(1) };
}

interface Proposed {
  readonly spec: ModelSpec;
  readonly swap: Swap;
  readonly possible: Possible;
}

function withSwap(known: Symmetry, { spec, swap, possible }: Proposed): Symmetry {
  const { names } = swap;
  if (known.twins.some((set) => names.every((name) => set.includes(name)))) return known;
  const isWhole = lostField(spec.layout, swap) === null;
  const maps = isWhole ? closed([...known.maps, wordMapOf(spec.layout, swap)]) : known.maps;
  if (maps === null) return known;
  const why = refusalOf(spec, swap, possible);
  if (why !== null) return { ...known, refused: [...known.refused, { names, why }] };
  return { ...known, maps, twins: withPair(known.twins, names) };
}

const NO_SWAP: Swap = { names: ['', ''], actors: [], moves: [], fields: new Map() };

/** With every map that some of these after one another make; null where those are too many. */
function closed(maps: readonly WordMap[]): readonly WordMap[] | null {
  const all = new Map(maps.map((map) => [keyOf(map), map]));
  for (const one of all.values())
    for (const two of maps) {
      const both = afterwards(one, two);
      if (!all.has(keyOf(both))) all.set(keyOf(both), both);
      if (all.size > MOST_IMAGES) return null;
    }
  return [...all.values()];
}

/** What a map does, as text: the same for maps that do the same. */
function keyOf(map: WordMap): string {
  return map.place
    .map((to, word) => (leavesAlone(map, word) ? '' : `${String(to)}:${String(at(map.values, word))}`))
    .join(' ');
}

function withPair(
  sets: readonly (readonly string[])[],
  pair: readonly [string, string],
): readonly (readonly string[])[] {
  const touched = sets.filter((set) => pair.some((name) => set.includes(name)));
  const joined = [...new Set([...touched.flat(), ...pair])].toSorted();
  return [...sets.filter((set) => !touched.includes(set)), joined];
}
