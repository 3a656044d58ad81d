import { memo } from 'react';
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
import type { FrameKind } from '../../machine/world.ts';
import { KIND_LOOKS } from '../memory-map/frame-kinds.ts';
import { pointing, toggleSelected, useFrameMark } from './linked.ts';
import './frame-chip.css';

/** A frame as it is called and what it is at this moment: all that its chip shows, as plain data. */
export interface NamedFrame {
  readonly frame: number;
  readonly text: string;
  readonly kind: FrameKind;
}

export function namedFrame(scene: Scene, frame: number): NamedFrame {
  return { frame, text: frameText(scene.world, frame), kind: kindOf(scene, frame) };
}

interface FrameChipProps {
  readonly scene: Scene;
  readonly frame: number;
}

/** A frame by its number, with the sign and colour of its kind; points at it and chooses it in every view. */
export function FrameChip({ scene, frame }: FrameChipProps) {
  return <FrameButton {...namedFrame(scene, frame)} />;
}

/** The chip of a frame, drawn anew only when the frame has become something else: a page has dozens of them. */
export const FrameButton = memo(function FrameButton({ frame, text, kind }: NamedFrame) {
  const marked = useFrameMark(frame);
  const { sign, word } = KIND_LOOKS[kind];
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
});

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
  return <EntryMark entry={entry} leadsTo={namedTarget(scene, entry)} />;
}

/** The frame that an entry leads to; null for none. */
export function namedTarget(scene: Scene, entry: number): NamedFrame | null {
  const frame = entryFrame(entry);
  return frame === 0 ? null : namedFrame(scene, frame);
}

interface EntryMarkProps {
  readonly entry: number;
  readonly leadsTo: NamedFrame | null;
}

/** What an entry chip shows. */
export function EntryMark({ entry, leadsTo }: EntryMarkProps) {
  if (entry === 0) return <span className="dim">empty</span>;
  return (
    <span className="entry-chip">
      {leadsTo === null ? <span className="dim">no frame</span> : <FrameButton {...leadsTo} />}
      <EntryFlags entry={entry} />
    </span>
  );
}

export const EntryFlags = memo(function EntryFlags({ entry }: { readonly entry: number }) {
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
});
