import { memo } from 'react';
import { CHAR_PX } from '../../layout/tree-size.ts';
import { FootLine } from './foot-line.tsx';
import { NodePill } from './node-pill.tsx';
import { mayWait, type Sees } from './sees.ts';
import type { CardMark } from './tree-model.ts';
import { TableRow } from './table-row.tsx';

export interface TableCardProps {
  readonly card: CardMark;
  readonly headPx: number;
  readonly rowPx: number;
  readonly footPx: number;
  readonly chosen: boolean;
  readonly pointed: boolean;
  /** Marked entries, "0,3". */
  readonly marked: string;
  readonly focusable: boolean;
  /** What is out of sight of it waits, as it was drawn last or as a bare card; null: all is drawn. */
  readonly sees: Sees | null;
}

/** One table: its frame and node, its entries, who leads to it. A new one out of sight has its place alone, at first. */
export const TableCard = memo(function TableCard({ sees, ...props }: TableCardProps) {
  const { card, chosen, pointed, focusable } = props;
  const { widthPx, heightPx } = card;
  return (
    <g
      className={`tree-card is-${card.state}${chosen ? ' is-chosen' : ''}${pointed ? ' is-pointed' : ''}${card.changed ? ' is-changed' : ''}${card.culprit === '' ? '' : ' is-culprit'}`}
      style={{ transform: `translate(${String(card.x)}px, ${String(card.y)}px)` }}
      role="treeitem"
      aria-level={Math.max(1, card.level + 1)}
      aria-selected={chosen}
      aria-label={card.says}
      tabIndex={focusable ? 0 : -1}
      data-frame={card.frame}
    >
      <rect className="tree-ring" x={-4} y={-4} width={widthPx + 8} height={heightPx + 8} rx={8} />
      <rect className="tree-body" width={widthPx} height={heightPx} rx={5} />
      {sees === null || sees(card) ? <Contents {...props} /> : null}
    </g>
  );
}, sameCard);

function Contents({ card, headPx, rowPx, footPx, marked }: Omit<TableCardProps, 'sees'>) {
  const { widthPx, heightPx } = card;
  const marks = marked === '' ? [] : marked.split(',').map(Number);
  const feetTop = heightPx - 2 - footPx * card.feet.length;
  return (
    <>
      {card.state === 'limbo' || card.state === 'unlinked' ? (
        <rect className="tree-hatch" width={widthPx} height={heightPx} rx={5} />
      ) : null}
      <Head title={card.title} node={card.node} state={card.state} widthPx={widthPx} headPx={headPx} />
      {card.rows.map((row, i) => (
        <TableRow
          key={i}
          row={row}
          frame={card.frame}
          y={headPx + i * rowPx}
          widthPx={widthPx}
          heightPx={rowPx}
          marked={row.kind === 'entry' && marks.includes(row.index)}
        />
      ))}
      {card.feet.map((foot, i) => (
        <FootLine key={foot.cpu} {...foot} y={feetTop + i * footPx} widthPx={widthPx} heightPx={footPx} />
      ))}
      {card.state === 'freed' ? <path className="tree-cross" d={crossPath(card)} /> : null}
      <Tabs card={card} />
    </>
  );
}

function sameCard(a: TableCardProps, b: TableCardProps): boolean {
  if (mayWait(b.sees, a.card, b.card)) return true;
  return (
    // What was drawn while others waited may be bare.
    (a.sees === null || b.sees !== null) &&
    a.chosen === b.chosen &&
    a.pointed === b.pointed &&
    a.marked === b.marked &&
    a.focusable === b.focusable &&
    (a.card === b.card || JSON.stringify(a.card) === JSON.stringify(b.card))
  );
}

function crossPath({ widthPx, heightPx }: CardMark): string {
  return `M4 4L${String(widthPx - 4)} ${String(heightPx - 4)}M${String(widthPx - 4)} 4L4 ${String(heightPx - 4)}`;
}

interface HeadProps extends Pick<CardMark, 'title' | 'node' | 'state' | 'widthPx'> {
  readonly headPx: number;
}

const Head = memo(function Head({ title, node, state, widthPx, headPx }: HeadProps) {
  const word = state === 'current' ? '' : state;
  const wordPx = word.length * CHAR_PX + 8;
  return (
    <>
      <path
        className="tree-head"
        d={`M1 ${String(headPx - 1)}V5Q1 1 5 1H${String(widthPx - 5)}Q${String(widthPx - 1)} 1 ${String(widthPx - 1)} 5V${String(headPx - 1)}z`}
      />
      <text className="tree-title" x={8} y={15.5}>
        {title}
      </text>
      <NodePill node={node} x={8 + title.length * CHAR_PX + 5} y={3} />
      {word === '' ? null : (
        <>
          <rect className="tree-state" x={widthPx - wordPx - 4} y={3} width={wordPx} height={16} rx={3} />
          <text className="tree-state-text" x={widthPx - wordPx} y={15.5}>
            {word}
          </text>
        </>
      )}
      <line className="tree-rule" x1={0} x2={widthPx} y1={headPx - 1} y2={headPx - 1} />
    </>
  );
});

/** What sticks out over the card: the holder of its lock, the property broken here. */
function Tabs({ card }: { readonly card: CardMark }) {
  const { lock, culprit, widthPx } = card;
  const lockText = `ptl CPU${String(lock)}`;
  const lockPx = lockText.length * CHAR_PX + 26;
  const culpritPx = (culprit.length + 2) * CHAR_PX + 10;
  return (
    <>
      {lock < 0 ? null : (
        <g
          className={`tree-lock cpu-${String(lock % 4)}${card.lockChanged ? ' is-changed' : ''}`}
          transform={`translate(${String(widthPx - lockPx - 6)} -15)`}
        >
          <rect width={lockPx} height={17} rx={3} />
          <path className="tree-lock-icon" d="M5 8h9v6h-9zM7 8v-2.5a2.5 2.5 0 0 1 5 0v2.5" />
          <text x={19} y={13}>
            {lockText}
          </text>
        </g>
      )}
      {culprit === '' ? null : (
        <g className="tree-culprit" transform={`translate(-4 ${String(card.heightPx - 2)})`}>
          <rect width={culpritPx} height={18} rx={3} />
          <text x={5} y={13.5}>{`⚠ ${culprit}`}</text>
        </g>
      )}
    </>
  );
}
