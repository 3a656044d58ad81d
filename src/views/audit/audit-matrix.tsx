import { useRef, type KeyboardEvent } from 'react';
import {
  type AuditCube,
  type Axis,
  type Cell,
  cellOf,
  type Cut,
  rowsAt,
  type Slice,
} from '../../reports/audit-cube.ts';
import { aboutOf, AXIS_WORDS, cellWords, MARKS, titleOf } from './words.ts';

interface AuditMatrixProps {
  readonly cube: AuditCube;
  readonly slice: Slice;
  readonly chosen: Cut;
  readonly choose: (cut: Cut) => void;
}

/** A verdict for each pair of two axes; the arrow keys go from cell to cell. A heading cuts the audit at its value. */
export function AuditMatrix({ cube, slice, chosen, choose }: AuditMatrixProps) {
  const table = useRef<HTMLTableElement>(null);
  const [rows, columns] = [cube.values[slice.rows], cube.values[slice.columns]];
  const moved = (event: KeyboardEvent): void => {
    const from = event.target instanceof HTMLElement ? event.target.dataset : {};
    const to = nextCell(event.key, { row: Number(from['row']), column: Number(from['column']) });
    const cell =
      to &&
      table.current?.querySelector<HTMLElement>(
        `[data-row="${String(to.row)}"][data-column="${String(to.column)}"]`,
      );
    if (!cell) return;
    event.preventDefault();
    cell.focus();
  };
  return (
    <div className="audit-scroll">
      <table ref={table} className="audit-matrix" data-columns={slice.columns} onKeyDown={moved}>
        <caption className="visually-hidden">
          {`Verdicts: ${AXIS_WORDS[slice.rows].all.toLowerCase()} against ${AXIS_WORDS[slice.columns].all.toLowerCase()}`}
        </caption>
        <thead>
          <tr>
            <td />
            {columns.map((id) => (
              <Heading key={id} axis={slice.columns} id={id} scope="col" choose={choose} cut={slice.cut} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((rowId, row) => (
            <tr key={rowId}>
              <Heading axis={slice.rows} id={rowId} scope="row" choose={choose} cut={slice.cut} />
              {columns.map((columnId, column) => {
                const cut = { ...slice.cut, [slice.rows]: rowId, [slice.columns]: columnId };
                const isChosen = isSame(cut, chosen);
                return (
                  <td key={columnId}>
                    <MatrixCell
                      cell={cellOf(rowsAt(cube, cut))}
                      {...{ cut, row, column, isChosen }}
                      tabbable={isChosen || (row === 0 && column === 0)}
                      choose={choose}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isSame(a: Cut, b: Cut): boolean {
  return a.version === b.version && a.scenario === b.scenario && a.property === b.property;
}

interface Spot {
  readonly row: number;
  readonly column: number;
}

function nextCell(key: string, { row, column }: Spot): Spot | null {
  const steps: Readonly<Record<string, Spot>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
  };
  return Number.isNaN(row) ? null : (steps[key] ?? null);
}

interface HeadingProps {
  readonly axis: Axis;
  readonly id: string;
  readonly scope: 'row' | 'col';
  readonly cut: Cut;
  readonly choose: (cut: Cut) => void;
}

function Heading({ axis, id, scope, cut, choose }: HeadingProps) {
  return (
    <th scope={scope} title={aboutOf(axis, id)}>
      <button type="button" onClick={() => choose({ ...cut, [axis]: id })}>
        {titleOf(axis, id)}
      </button>
    </th>
  );
}

interface MatrixCellProps extends Spot {
  readonly cell: Cell | null;
  readonly cut: Cut;
  readonly isChosen: boolean;
  readonly tabbable: boolean;
  readonly choose: (cut: Cut) => void;
}

function MatrixCell({ cell, cut, row, column, isChosen, tabbable, choose }: MatrixCellProps) {
  const words = cellWords(cut, cell);
  return (
    <button
      type="button"
      className="audit-cell"
      data-mark={cell?.mark}
      data-row={row}
      data-column={column}
      tabIndex={tabbable ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={words}
      title={words}
      onClick={() => choose(cut)}
    >
      {cell !== null && (
        <>
          <span aria-hidden="true">{MARKS[cell.mark].sign}</span>
          {cell.of > 1 && cell.mark !== 'holds' && <b>{cell.count}</b>}
        </>
      )}
    </button>
  );
}
