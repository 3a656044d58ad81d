import { memo } from 'react';
import { DiffersMark } from '../differs-mark.tsx';
import { EntryMark, FrameButton, type NamedFrame } from '../threads/frame-chip.tsx';
import { JustChanged } from '../threads/holdings.tsx';
import { StaleMark } from './stale-mark.tsx';
import type { Staleness } from './staleness.ts';

/** One place of a cache or register, as plain data. */
export interface SlotProps {
  readonly name: string;
  readonly title: string;
  /** The entry that is cached; null where only its table is. */
  readonly entry: number | null;
  readonly leadsTo: NamedFrame | null;
  /** Said beside the value; empty for nothing. */
  readonly note: string;
  readonly staleness: Staleness | null;
  /** The element of the state that it is. */
  readonly element: string;
  /** The last step changed it. */
  readonly changed: boolean;
}

/** A line of a cache. Drawn anew only when something of it differs: few of some thirty do from one moment to another. */
export const Slot = memo(function Slot(props: SlotProps) {
  const { name, title, entry, leadsTo, note, staleness, element, changed } = props;
  const filled = entry === null ? leadsTo !== null : entry !== 0;
  return (
    <li className={changed ? 'slot changed' : 'slot'} data-filled={filled}>
      <code title={title}>{name}</code>
      <span className="slot-value">
        {entry !== null && <EntryMark entry={entry} leadsTo={leadsTo} />}
        {entry === null && leadsTo !== null && <FrameButton {...leadsTo} />}
        {entry === null && leadsTo === null && <span className="dim">empty</span>}
        {note !== '' && <span className="dim">{note}</span>}
      </span>
      <span className="slot-marks">
        <StaleMark staleness={staleness} />
        {changed && <JustChanged />}
        <DiffersMark elements={[element]} />
      </span>
    </li>
  );
}, sameSlot);

function sameSlot(a: SlotProps, b: SlotProps): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
