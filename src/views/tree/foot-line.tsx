import type { Foot } from './tree-model.ts';

interface FootLineProps {
  readonly foot: Foot;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** "CPU0 CR3 pgd": what of one CPU leads here; dashed where it should not any more. */
export function FootLine({ foot, y, widthPx, heightPx }: FootLineProps) {
  const cpu = foot.cpu < 0 ? 'rcu' : String(foot.cpu % 4);
  return (
    <g
      className={`tree-foot cpu-${cpu}${foot.stale ? ' is-stale' : ''}${foot.changed ? ' is-changed' : ''}`}
      transform={`translate(3 ${String(y)})`}
    >
      <title>{`${foot.says} ${foot.stale ? 'still leads here' : 'leads here'}`}</title>
      <rect className="tree-foot-body" width={widthPx - 6} height={heightPx - 2} rx={3} />
      <rect className="tree-foot-cpu" x={4} y={(heightPx - 2) / 2 - 4} width={8} height={8} rx={2} />
      <text x={16} y={13}>
        {foot.text}
      </text>
    </g>
  );
}
