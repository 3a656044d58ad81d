import { kindOf, type Scene } from '../../machine/decode.ts';
import {
  ENTRY_A,
  ENTRY_D,
  ENTRY_LEAF,
  ENTRY_P,
  ENTRY_SWAP,
  ENTRY_W,
  entryFrame,
} from '../../machine/entry.ts';
import { frameText } from '../../machine/words.ts';
import { KIND_LOOKS } from '../memory-map/frame-kinds.ts';
import { pointing, toggleSelected, useFrameMark } from './linked.ts';
import './frame-chip.css';

interface FrameChipProps {
  readonly scene: Scene;
  readonly frame: number;
}

/** A frame by its number, with the sign and colour of its kind; points at it and chooses it in every view. */
export function FrameChip({ scene, frame }: FrameChipProps) {
  const marked = useFrameMark(frame);
  const kind = kindOf(scene, frame);
  const { sign, word } = KIND_LOOKS[kind];
  const text = frameText(scene.world, frame);
  const selection = { kind: 'frame', frame } as const;
  return (
    <button
      className="frame-chip"
      data-kind={kind}
      data-marked={marked}
      aria-label={`${text}, ${word}`}
      aria-pressed={marked === 'chosen'}
      title={`${text}: ${word}`}
      onClick={() => toggleSelected(selection)}
      {...pointing(selection)}
    >
      <span aria-hidden="true">{sign}</span> {text}
    </button>
  );
}

const FLAGS = [
  [ENTRY_P, 'P', 'present'],
  [ENTRY_W, 'W', 'writable'],
  [ENTRY_A, 'A', 'accessed'],
  [ENTRY_D, 'D', 'dirty'],
  [ENTRY_LEAF, 'huge', 'maps a huge page'],
  [ENTRY_SWAP, 'swap', 'swap or migration entry'],
] as const;

interface EntryChipProps {
  readonly scene: Scene;
  readonly entry: number;
}

/** An entry: the frame that it leads to and its flags, those not set shown dim so that nothing moves. */
export function EntryChip({ scene, entry }: EntryChipProps) {
  if (entry === 0) return <span className="dim">empty</span>;
  const frame = entryFrame(entry);
  return (
    <span className="entry-chip">
      {frame === 0 ? <span className="dim">no frame</span> : <FrameChip scene={scene} frame={frame} />}
      <EntryFlags entry={entry} />
    </span>
  );
}

export function EntryFlags({ entry }: { readonly entry: number }) {
  const shown = FLAGS.filter(([bit], i) => i < 4 || (entry & bit) !== 0);
  const names = FLAGS.filter(([bit]) => (entry & bit) !== 0).map(([, , name]) => name);
  return (
    <span
      className="entry-flags"
      role="img"
      aria-label={names.join(', ') || 'no flags'}
      title={names.join(', ')}
    >
      {shown.map(([bit, letter]) => (
        <span key={letter} className={(entry & bit) === 0 ? 'flag-off' : 'flag-on'}>
          {(entry & bit) === 0 ? '–' : letter}
        </span>
      ))}
    </span>
  );
}
