import { sharedBytes, sharedWaiting, type SharedSpace, Word } from '../explorer/shared-space.ts';
import type { Figures } from './search-protocol.ts';

/** How far workers that search together are. */
export function sharedFigures(space: SharedSpace, seconds: number): Figures {
  const read = (word: number): number => Atomics.load(space.control, word);
  return {
    states: read(Word.states),
    transitions: read(Word.transitions),
    depth: read(Word.depth),
    frontier: sharedWaiting(space),
    bytes: sharedBytes(space),
    seconds,
  };
}
