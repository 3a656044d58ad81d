import { memo } from 'react';
import { CHAR_PX } from '../../layout/tree-size.ts';
import { DIFFERS } from '../differs-mark.tsx';
import { useDiffers } from '../shown-run.ts';
import { elementKey } from '../threads/changes.ts';
import { flagRuns } from './flag-runs.ts';
import type { FlagMark, RowMark } from './tree-model.ts';

interface TableRowProps {
  readonly row: RowMark;
  /** Of the table. */
  readonly frame: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly marked: boolean;
}

const FLAG_PX = 11;
/** A letter stands in the middle of its place; the style sheet puts the next one `FLAG_PX` on. */
const FLAG_INSET_PX = 4.5 - CHAR_PX / 2;

/**
 * One line of a table: an entry, a run of entries, or the tables below that have no card. Placed by its coordinates: a
 * browser keeps a space of its own, and paints a chunk of its own, for each group that is moved.
 */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, frame, y, widthPx, heightPx, marked } = props;
  const differs = useDiffers();
  const back = { x: 1, y, width: widthPx - 2, height: heightPx };
  const baseline = y + 13.5;
  if (row.kind === 'stack')
    return (
      <g className="tree-row is-stack" data-stack={row.expands ? 'true' : undefined}>
        <rect className="tree-row-back" {...back} />
        <text x={8} y={baseline}>
          {row.expands ? `${row.text} ▸` : row.text}
        </text>
      </g>
    );
  const changed = row.changed ? ' is-changed' : '';
  if (row.kind === 'run')
    return (
      <g className={`tree-row is-run${changed}`}>
        <rect className="tree-row-back" {...back} />
        <text x={8} y={baseline}>
          {row.text}
        </text>
      </g>
    );
  return (
    <g
      className={`tree-row${changed}${marked ? ' is-marked' : ''}${row.hollow ? ' is-hollow' : ''}`}
      data-index={row.index}
    >
      <title>{row.says}</title>
      <rect className="tree-row-back" {...back} />
      {row.changed ? (
        <path
          className="tree-row-flag"
          d={`M0 ${String(y + 3)}v${String(heightPx - 6)}l6 ${String(3 - heightPx / 2)}z`}
        />
      ) : null}
      <Entry row={row} widthPx={widthPx} y={y} />
      {differs(elementKey('entries', row.index, frame)) ? (
        <text className="tree-beside" x={widthPx} y={baseline}>
          ◆<title>{DIFFERS}</title>
        </text>
      ) : null}
    </g>
  );
}, sameRow);

/** Of the rows of a card that reads differently most read as before. */
function sameRow({ row: a, ...inA }: TableRowProps, { row: b, ...inB }: TableRowProps): boolean {
  return (
    inA.frame === inB.frame &&
    inA.y === inB.y &&
    inA.widthPx === inB.widthPx &&
    inA.heightPx === inB.heightPx &&
    inA.marked === inB.marked &&
    JSON.stringify(a) === JSON.stringify(b)
  );
}

interface EntryProps extends Pick<TableRowProps, 'widthPx' | 'y'> {
  readonly row: RowMark & { kind: 'entry' };
}

function Entry({ row, widthPx, y }: EntryProps) {
  const { index, target, targetDiffers, flags, hollow } = row;
  const wide = widthPx > 160;
  const targetX = wide ? 54 : 36;
  const flagsX = widthPx - 5 - flags.length * FLAG_PX;
  return (
    <>
      <text className="tree-index" x={8} y={y + 13.5}>{`[${String(index)}]`}</text>
      <text className={targetDiffers ? 'tree-target differs' : 'tree-target'} x={targetX} y={y + 13.5}>
        {target}
      </text>
      {targetDiffers ? (
        <text className="tree-differs" x={targetX + target.length * CHAR_PX + 3} y={y + 13.5}>
          ≠
        </text>
      ) : null}
      {hollow ? null : <Flags flags={flags} x={flagsX} y={y} />}
    </>
  );
}

interface FlagsProps {
  readonly flags: readonly FlagMark[];
  readonly x: number;
  readonly y: number;
}

/** A text for each run of letters that are all set or all not: a browser takes its time for every text of a picture. */
function Flags({ flags, x, y }: FlagsProps) {
  return (
    <>
      {flags.map(({ letter, differs }, i) =>
        differs ? (
          <rect
            key={letter}
            className="tree-flag-box"
            x={x + i * FLAG_PX - 1}
            y={y + 1.5}
            width={FLAG_PX}
            height={16}
            rx={2}
          />
        ) : null,
      )}
      {flagRuns(flags).map(({ on, first, letters }) => (
        <text
          key={first}
          className={on ? 'tree-flag is-on' : 'tree-flag'}
          x={x + first * FLAG_PX + FLAG_INSET_PX}
          y={y + 13.5}
        >
          {letters}
        </text>
      ))}
    </>
  );
}
