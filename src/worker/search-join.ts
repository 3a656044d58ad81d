import { engineText, type MakeEngine, tablesObject } from '../explorer/engine.ts';
import { firstWords } from '../explorer/first-words.ts';
import { sharedFindings } from '../explorer/shared-findings.ts';
import { searchTogether } from '../explorer/shared-search.ts';
import { createSharedSpace, endingOf, type SharedSpace } from '../explorer/shared-space.ts';
import { assemble, outcomeIn } from './search-loop.ts';
import type { Bounds, Engined, NoRoom, Outcome, SpaceMade } from './search-protocol.ts';
import { sharedFigures } from './shared-figures.ts';

/** Reserves what the workers of a search share. */
export function makeSpace({ subject, reduce }: Engined, bounds: Bounds, workers: number): SpaceMade | NoRoom {
  const { packing, properties } = engineText(assemble(subject).built.model, { reduce });
  try {
    const space = createSharedSpace(workers, packing.words, bounds);
    return { kind: 'space', space, properties };
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'no room' };
    throw error;
  }
}

/** One of the workers of a search. */
export interface Member extends Engined {
  readonly space: SharedSpace;
  readonly index: number;
}

/** Searches as one of several, and blocks until all are done; then any of them can tell what they found. */
export function searchInSpace({ subject, reduce, space, index }: Member, make: MakeEngine): Outcome {
  const assembled = assemble(subject);
  const { model } = assembled.built;
  const text = engineText(model, { reduce });
  const words = firstWords(model);
  searchTogether(space, make(words, tablesObject(model)), text, index);
  return {
    kind: 'outcome',
    subject,
    bounds: space.bounds,
    ending: endingOf(space),
    figures: sharedFigures(space, 0),
    workers: space.workers,
    ...outcomeIn(assembled, sharedFindings(space, text)),
  };
}
