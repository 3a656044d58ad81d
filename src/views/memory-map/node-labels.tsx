import { labelTops, type MemoryMapLayout } from '../../layout/memory-map.ts';
import { SINGLE_PX } from './painter.ts';

interface NodeLabelsProps {
  readonly map: MemoryMapLayout;
  readonly transform: { readonly k: number; readonly y: number };
  readonly heightPx: number;
}

const LABEL_PX = 34;
const count = new Intl.NumberFormat('en');

/** Beside the painted frames: which node they are on, and how many it has. */
export function NodeLabels({ map, transform: { k, y }, heightPx }: NodeLabelsProps) {
  const tops = labelTops(map, { k, y, heightPx }, LABEL_PX);
  const tiny = map.cellPx * k < SINGLE_PX;
  return map.nodes.map(({ node, count: frames }) => {
    const top = tops[node] ?? null;
    if (top === null) return null;
    return (
      <p
        key={node}
        className="node-label"
        title={tiny ? 'Too many to draw one by one at this size: zoom in to see each' : undefined}
        style={{ transform: `translateY(${String(top)}px)` }}
      >
        <b>Node {node}</b>
        <span>{count.format(frames)}</span>
      </p>
    );
  });
}
