import type { ReactNode } from 'react';
import { compareAt, comparedLength, type Side } from '../../store/compare.ts';
import { firstBreach } from '../../store/compare-strip.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { MomentStrip } from './moment-strip.tsx';

interface MoveBarProps {
  readonly sides: readonly [Side, Side];
  readonly index: number;
  /** Number of the first step that differs; -1 for none. */
  readonly first: number;
  readonly children: ReactNode;
}

/** What moves both runs in time, and where they stand. */
export function MoveBar({ sides, index, first, children }: MoveBarProps) {
  const [left, right] = sides;
  const length = comparedLength(sides);
  const breach = firstBreach(left.rows, right.rows);
  const go = (moment: number) => () => void compareAt(moment);
  return (
    <div className="compare-moves">
      <div className="compare-buttons" role="group" aria-label="Move both in time">
        <Button label="To the start" title="To the start (Home)" unavailable={index === 0} onClick={go(0)}>
          <Icon name="start" />
        </Button>
        <Button
          label="Step both back"
          title="Step both back (←)"
          unavailable={index === 0}
          onClick={go(index - 1)}
        >
          <Icon name="back" />
        </Button>
        <Button look="primary" title="Step both (→)" unavailable={index === length} onClick={go(index + 1)}>
          <Icon name="step" /> Step both
        </Button>
        <Button
          label="To the end"
          title="To the end (End)"
          unavailable={index === length}
          onClick={go(length)}
        >
          <Icon name="end" />
        </Button>
        <Button title="To the first difference (D)" unavailable={first < 0} onClick={go(first + 1)}>
          To the first difference
        </Button>
        <Button
          title="To the first step that breaks a property on either side (F)"
          unavailable={breach < 0}
          onClick={go(breach + 1)}
        >
          To the first failure
        </Button>
        <p role="status" aria-label="Where both stand">
          step {index} of {length};{' '}
          {first < 0 ? 'no step differs' : `the first difference is step ${String(first + 1)}`}
          <span className="visually-hidden">
            . Left: {stepText(left, index)}. Right: {stepText(right, index)}.
          </span>
        </p>
        {children}
      </div>
      <MomentStrip sides={sides} index={index} />
    </div>
  );
}

function stepText({ rows }: Side, index: number): string {
  const row = rows[index - 1];
  if (row === undefined) return index === 0 ? 'at the start' : 'at its end';
  return row.kind === 'taken' ? row.record.label : `left out: ${row.why}`;
}
