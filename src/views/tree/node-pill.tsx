interface NodePillProps {
  readonly node: number;
  readonly x: number;
  readonly y: number;
}

/** The memory node of a frame: outlined for even nodes, filled for odd ones, so that a move is seen. */
export function NodePill({ node, x, y }: NodePillProps) {
  return (
    <g className={node % 2 === 0 ? 'tree-node' : 'tree-node is-odd'}>
      <rect x={x} y={y} width={22} height={16} rx={8} />
      <text x={x + 11} y={y + 12.5} textAnchor="middle">
        n{node}
      </text>
    </g>
  );
}
