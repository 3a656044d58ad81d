import { compareAt, comparedLength, type Side } from '../../store/compare.ts';
import type { Row } from '../../store/compare-rows.ts';
import { actorName } from '../shell/actor-name.ts';

/** Rows shown before and after the moment. */
const AROUND = 7;

interface StepTableProps {
  readonly sides: readonly [Side, Side];
  readonly index: number;
  /** Number of the first step that differs; -1 for none. */
  readonly first: number;
}

/** The steps around this moment on both sides, row by row of the schedules. */
export function StepTable({ sides, index, first }: StepTableProps) {
  const length = comparedLength(sides);
  const from = Math.max(0, Math.min(index - AROUND, length - 2 * AROUND));
  const rows = Array.from({ length: Math.min(length - from, 2 * AROUND + 1) }, (_, i) => from + i);
  const [left, right] = sides;
  return (
    <table className="compare-steps">
      <caption>Steps around this moment; the last one taken is marked</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">{left.title}</th>
          <th scope="col">{right.title}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row} data-now={row === index - 1} data-past={row < index} data-first={row === first}>
            <th scope="row">
              <button
                onClick={() => void compareAt(row + 1)}
                aria-current={row === index - 1 ? 'step' : undefined}
              >
                {row === index - 1 && '▶ '}
                {row + 1}
              </button>
              {row === first && <strong>first difference</strong>}
            </th>
            <StepCell side={left} row={left.rows[row]} />
            <StepCell side={right} row={right.rows[row]} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StepCell({ side: { opened }, row }: { readonly side: Side; readonly row: Row | undefined }) {
  if (row === undefined) return <td className="dim">has no such step</td>;
  const info = opened.actors[row.kind === 'taken' ? row.record.actor : row.actor];
  const name = info === undefined ? 'that actor' : actorName(info);
  return (
    <td>
      <span className="actor-name" data-cpu={info?.cpu}>
        {name}
      </span>{' '}
      {row.kind === 'taken' ? (
        <>
          {row.record.label}
          {row.record.violations.length > 0 && (
            <strong className="compare-bad"> ✕ violates a property</strong>
          )}
        </>
      ) : (
        <em>not possible here: {row.why}</em>
      )}
    </td>
  );
}
