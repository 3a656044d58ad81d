import type { Foot } from './tree-model.ts';

interface FootLineProps {
  readonly foot: Foot;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** "0 CR3 pgd": what of one CPU leads here; dashed where it should not any more. */
export function FootLine({ foot, y, widthPx, heightPx }: FootLineProps) {
  const cpu = foot.cpu < 0 ? 'rcu' : String(foot.cpu % 4);
  return (
    <g
      className={`tree-foot cpu-${cpu}${foot.stale ? ' is-stale' : ''}${foot.changed ? ' is-changed' : ''}`}
      transform={`translate(3 ${String(y)})`}
    >
      <title>{`${foot.says} ${foot.stale ? 'still leads here' : 'leads here'}`}</title>
      <rect className="tree-foot-body" width={widthPx - 6} height={heightPx - 2} rx={3} />
      <rect className="tree-foot-cpu" x={2} y={1} width={14} height={heightPx - 4} rx={3} />
      <text className="tree-foot-number" x={9} y={12} textAnchor="middle">
        {foot.cpu < 0 ? 'R' : foot.cpu}
      </text>
      <text className="tree-foot-name" x={21} y={12}>
        {foot.text}
      </text>
    </g>
  );
}
