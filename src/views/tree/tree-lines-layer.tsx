import type { Highlight } from './tree-highlight.ts';
import type { EdgeMark, Picture } from './tree-model.ts';

interface LinesProps {
  readonly picture: Picture;
  readonly highlight: readonly Highlight[];
}

/** Everything under the cards: edges of entries, where mm.pgd leads, ghosts of what still leads to old tables. */
export function TreeLines({ picture, highlight }: LinesProps) {
  return (
    <g aria-hidden="true">
      {picture.edges.map((edge) => (
        <path key={edge.key} className={edgeClass(edge, highlight)} d={edge.d} markerEnd="url(#tree-arrow)" />
      ))}
      {picture.ties.map(({ key, kind, d }) => (
        <path key={key} className={`tree-tie is-${kind}`} d={d} markerEnd="url(#tree-arrow)" />
      ))}
      {picture.roots.map(({ key, text, at, changed }) => (
        <g
          key={key}
          className={changed ? 'tree-root is-changed' : 'tree-root'}
          style={{ transform: `translate(${String(at.x)}px, ${String(at.y)}px)` }}
        >
          <path d="M-46 0H-3" markerEnd="url(#tree-arrow)" />
          <text x={-48} y={-5}>
            {text}
          </text>
        </g>
      ))}
      {picture.rails
        .flatMap(({ chips }) => chips)
        .map(({ key, lane, cpu, stale, changed }) =>
          lane === null ? null : (
            <path
              key={key}
              className={`tree-lane cpu-${String(cpu % 4)}${stale ? ' is-stale' : ''}${changed ? ' is-changed' : ''}`}
              d={lane}
              markerEnd="url(#tree-arrow)"
            />
          ),
        )}
    </g>
  );
}

function edgeClass({ frame, index, state, changed }: EdgeMark, highlight: readonly Highlight[]): string {
  const marked = highlight.some(({ entries }) => entries.has(`${String(frame)}.${String(index)}`));
  return `tree-edge is-${state}${changed ? ' is-changed' : ''}${marked ? ' is-marked' : ''}`;
}
