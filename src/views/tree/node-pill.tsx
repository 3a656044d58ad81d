interface NodePillProps {
  readonly node: number;
  readonly x: number;
  readonly y: number;
}

/** The memory node of a frame: outlined for even nodes, filled for odd ones, so that a move is seen. */
export function NodePill({ node, x, y }: NodePillProps) {
  return (
    <g
      className={node % 2 === 0 ? 'tree-node' : 'tree-node is-odd'}
      transform={`translate(${String(x)} ${String(y)})`}
    >
      <rect width={22} height={16} rx={8} />
      <text x={11} y={12.5} textAnchor="middle">
        n{node}
      </text>
    </g>
  );
}
