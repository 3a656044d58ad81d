import { type ReactNode, useMemo } from 'react';
import { comparedLength, type Side } from '../../store/compare-side.ts';
import { goBothTo } from '../../store/compare-play.ts';
import { stripCells, type StripKind } from '../../store/compare-strip.ts';
import './moment-strip.css';

/** More cells than this could not be told apart. */
const MOST_CELLS = 120;

const MEANINGS: readonly (readonly [StripKind, string])[] = [
  ['same', 'the same on both sides'],
  ['differs', 'differs'],
  ['left-out', 'not possible there'],
  ['breaks', 'breaks a property'],
];

interface MomentStripProps {
  readonly sides: readonly [Side, Side];
  readonly index: number;
  /** What stands beside the legend. */
  readonly children: ReactNode;
}

/** Both runs from end to end, a cell for a step or a few, and the slider that goes to any moment. */
export function MomentStrip({ sides, index, children }: MomentStripProps) {
  const [left, right] = sides;
  const cells = useMemo(() => stripCells(left.rows, right.rows, MOST_CELLS), [left.rows, right.rows]);
  const length = comparedLength(sides);
  return (
    <div className="compare-strip">
      <input
        type="range"
        min={0}
        max={length}
        value={index}
        aria-label="Moment of both runs"
        aria-valuetext={`step ${String(index)} of ${String(length)}`}
        onChange={({ target }) => goBothTo(Number(target.value))}
      />
      <div className="strip-lanes" aria-hidden="true">
        {[0, 1].map((side) => (
          <div key={side} className="strip-lane">
            {cells.map(({ from, to, kinds }) => (
              <i
                key={from}
                className="strip-cell"
                data-kind={kinds[side]}
                data-past={to <= index}
                style={{ flexGrow: to - from }}
              />
            ))}
          </div>
        ))}
      </div>
      <div className="strip-foot">
        {' '}
        <ul className="strip-legend" aria-label="Marks of the strip: left run above, right run below">
          {MEANINGS.map(([kind, meaning]) => (
            <li key={kind}>
              <i className="strip-cell" data-kind={kind} aria-hidden="true" /> {meaning}
            </li>
          ))}
        </ul>
        {children}
      </div>
    </div>
  );
}
