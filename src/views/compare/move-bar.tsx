import type { ReactNode } from 'react';
import { useCompare } from '../../store/compare.ts';
import { comparedLength, type Side } from '../../store/compare-side.ts';
import { MomentStrip } from './moment-strip.tsx';
import { LandmarkButtons, MoveButtons, PlayBoth } from './move-buttons.tsx';

interface MoveBarProps {
  readonly sides: readonly [Side, Side];
  readonly children: ReactNode;
}

/** What moves both runs in time, and where they stand. */
export function MoveBar({ sides, children }: MoveBarProps) {
  const index = useCompare((state) => state.index);
  return (
    <div className="compare-moves">
      <div className="compare-buttons" role="group" aria-label="Move both in time">
        <MoveButtons index={index} length={comparedLength(sides)} />
        <PlayBoth />
        <LandmarkButtons index={index} />
        {children}
      </div>
      <MomentStrip sides={sides} index={index}>
        <Position sides={sides} index={index} />
      </MomentStrip>
    </div>
  );
}

/** Where both stand. While they play it is not read out: the words would never end. */
function Position({ sides, index }: { readonly sides: readonly [Side, Side]; readonly index: number }) {
  const [left, right] = sides;
  const first = useCompare(({ landmarks }) => landmarks.differences[0]);
  const plays = useCompare(({ playing }) => playing !== null);
  return (
    <p
      className="compare-position"
      role="status"
      aria-live={plays ? 'off' : 'polite'}
      aria-label="Where both stand"
    >
      step {index} of {comparedLength(sides)};{' '}
      {first === undefined ? 'no step differs' : `the first difference is step ${String(first)}`}
      <span className="visually-hidden">
        . Left: {stepText(left, index)}. Right: {stepText(right, index)}.
      </span>
    </p>
  );
}

function stepText({ rows }: Side, index: number): string {
  const row = rows[index - 1];
  if (row === undefined) return index === 0 ? 'at the start' : 'at its end';
  return row.kind === 'taken' ? row.record.label : `left out: ${row.why}`;
}
