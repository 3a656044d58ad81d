import { memo } from 'react';
import type { Foot } from './tree-model.ts';

interface FootLineProps extends Foot {
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** "0 CR3 pgd": what of one CPU leads here; dashed where it should not any more. */
export const FootLine = memo(function FootLine(props: FootLineProps) {
  const { cpu, text, stale, changed, says, y, widthPx, heightPx } = props;
  const colour = cpu < 0 ? 'rcu' : String(cpu % 4);
  return (
    <g className={`tree-foot cpu-${colour}${stale ? ' is-stale' : ''}${changed ? ' is-changed' : ''}`}>
      <title>{`${says} ${stale ? 'still leads here' : 'leads here'}`}</title>
      <rect className="tree-foot-body" x={3} y={y} width={widthPx - 6} height={heightPx - 2} rx={3} />
      <rect className="tree-foot-cpu" x={5} y={y + 1} width={14} height={heightPx - 4} rx={3} />
      <text className="tree-foot-number" x={12} y={y + 12} textAnchor="middle">
        {cpu < 0 ? 'R' : cpu}
      </text>
      <text className="tree-foot-name" x={24} y={y + 12}>
        {text}
      </text>
    </g>
  );
});
