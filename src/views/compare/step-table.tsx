import { comparedLength, type Side } from '../../store/compare-side.ts';
import { goBothTo } from '../../store/compare-play.ts';
import { breaks, type Row } from '../../store/compare-rows.ts';
import { actorName } from '../shell/actor-name.ts';

/** As many rows as that where there are enough, the one of the moment in the middle: the table is as high at every moment. */
const ROWS = 15;

interface StepTableProps {
  readonly sides: readonly [Side, Side];
  readonly index: number;
  /** Number of the first step that differs; -1 for none. */
  readonly first: number;
}

/** The steps around this moment on both sides, row by row of the schedules. */
export function StepTable({ sides, index, first }: StepTableProps) {
  const length = comparedLength(sides);
  const count = Math.min(length, ROWS);
  const from = Math.max(0, Math.min(index - 1 - Math.floor(ROWS / 2), length - count));
  const rows = Array.from({ length: count }, (_, i) => from + i);
  const [left, right] = sides;
  return (
    <div className="compare-table">
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
                  onClick={() => goBothTo(row + 1)}
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
    </div>
  );
}

function StepCell({ side: { opened }, row }: { readonly side: Side; readonly row: Row | undefined }) {
  if (row === undefined) return <td className="dim">has no such step</td>;
  const name = (actor: number): string => actorName(opened.actors[actor]);
  const actor = row.kind === 'taken' ? row.record.actor : row.actor;
  const words = row.kind === 'taken' ? row.record.label : `not possible here: ${row.why}`;
  const answering = [...new Set(row.answers.map((answer) => name(answer.actor)))].join(', ');
  const before = answering === '' ? '' : `(after steps of ${answering}) `;
  return (
    <td title={`${name(actor)} ${before}${words}`}>
      <div className="compare-step">
        {breaks(row) && <strong className="compare-bad">✕ violates a property: </strong>}
        <span className="actor-name" data-cpu={opened.actors[actor]?.cpu}>
          {name(actor)}
        </span>{' '}
        {before !== '' && <em className="dim">{before}</em>}
        {row.kind === 'taken' ? words : <em>{words}</em>}
      </div>
    </td>
  );
}
