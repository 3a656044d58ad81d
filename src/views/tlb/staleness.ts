import { currentLeaf, kindOf, type Scene, type TlbEntry } from '../../machine/decode.ts';
import { ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { frameText } from '../../machine/words.ts';
import { KIND_LOOKS } from '../memory-map/frame-kinds.ts';

/** Why something cached is stale. */
export interface Staleness {
  /** A word or two: how it is stale is said by `long`. */
  readonly short: string;
  readonly long: string;
  /** It leads to memory that may belong to somebody else by now. */
  readonly grave: boolean;
}

/** Staleness of a cached pointer to a table; null while the tree still has that table. */
export function tableStaleness(scene: Scene, frame: number): Staleness | null {
  if (frame === 0) return null;
  const kind = kindOf(scene, frame);
  if (kind === 'table' || kind === 'new') return null;
  const { word, meaning } = KIND_LOOKS[kind];
  const text = frameText(scene.world, frame);
  return {
    short: kind === 'limbo' ? 'stale' : `stale, ${word}`,
    long: `${text} is not in the tree any more: ${meaning}`,
    grave: kind !== 'limbo' && kind !== 'unlinked',
  };
}

/** Staleness of a TLB entry: the current tree leads elsewhere. */
export function tlbStaleness(scene: Scene, mm: number, { entry, vas, stale }: TlbEntry): Staleness | null {
  if (!stale || entry === 0) return null;
  const now = mm < 0 || vas[0] === undefined ? 0 : currentLeaf(scene, mm, vas[0]);
  const gone = (now & ENTRY_P) === 0;
  return {
    short: 'stale',
    long: gone
      ? 'the tree has no present entry there any more'
      : `the tree leads to ${frameText(scene.world, entryFrame(now))} now`,
    grave: kindOf(scene, entryFrame(entry)) !== 'data',
  };
}
