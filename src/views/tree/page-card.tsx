import { memo } from 'react';
import { CHAR_PX } from '../../layout/tree-size.ts';
import { pageRect } from './drawn-rect.ts';
import { FootLine } from './foot-line.tsx';
import { NodePill } from './node-pill.tsx';
import { mayWait, type Sees } from './sees.ts';
import type { PageMark } from './tree-model.ts';

interface PageCardProps {
  readonly page: PageMark;
  readonly chosen: boolean;
  readonly pointed: boolean;
  readonly focusable: boolean;
  readonly level: number;
  /** As for a table's card. */
  readonly sees: Sees | null;
}

/** A page of memory under the entry that maps it: its frame, whether it is marked dirty, whose TLB has it. */
export const PageCard = memo(function PageCard(props: PageCardProps) {
  const { page, chosen, pointed, focusable, level } = props;
  const { widthPx, title, node, dirty, feet, culprit } = page;
  const classes = ['tree-page', chosen && 'is-chosen', pointed && 'is-pointed']
    .concat([page.changed && 'is-changed', page.dropped && 'is-dropped', culprit !== '' && 'is-culprit'])
    .filter((name) => name !== false);
  return (
    <g
      className={classes.join(' ')}
      style={{ transform: `translate(${String(page.x)}px, ${String(page.y)}px)` }}
      role="treeitem"
      aria-level={level}
      aria-selected={chosen}
      aria-label={page.says}
      tabIndex={focusable ? 0 : -1}
      data-frame={page.frame}
    >
      <rect className="tree-ring" x={-4} y={-4} width={widthPx + 8} height={32} rx={8} />
      <rect className="tree-body" width={widthPx} height={24} rx={5} />
      <text className="tree-title" x={7} y={16.5}>
        {title}
      </text>
      <NodePill node={node} x={9 + title.length * CHAR_PX + 3} y={4} />
      {dirty ? (
        <text className="tree-dirty" x={widthPx - 6} y={16.5} textAnchor="end">
          dirty
        </text>
      ) : null}
      {feet.map((foot) => (
        <FootLine key={foot.cpu} {...foot} y={25} widthPx={widthPx} heightPx={19} />
      ))}
      {culprit === '' ? null : (
        <g className="tree-culprit" transform="translate(-4 26)">
          <rect width={(culprit.length + 2) * CHAR_PX + 10} height={18} rx={3} />
          <text x={5} y={13.5}>{`⚠ ${culprit}`}</text>
        </g>
      )}
    </g>
  );
}, samePage);

/** A page that reads as before is not drawn again, and one out of sight may wait. */
function samePage({ sees: _, ...a }: PageCardProps, { sees, ...b }: PageCardProps): boolean {
  return mayWait(sees, pageRect(a.page), pageRect(b.page)) || JSON.stringify(a) === JSON.stringify(b);
}
