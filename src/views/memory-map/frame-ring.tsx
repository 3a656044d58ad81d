import { useRun } from '../shown-run.ts';
import { cornerOf, type Picture } from './painter.ts';

interface FrameRingProps {
  readonly picture: Picture | null;
  readonly which: 'selection' | 'hover';
}

const LEAST_RING_PX = 16;

/** A ring around the frame that is chosen, or pointed at in any view. */
export function FrameRing({ picture, which }: FrameRingProps) {
  const frame = useRun((state) => {
    const marked = state[which];
    return marked?.kind === 'frame' || marked?.kind === 'entry' ? marked.frame : 0;
  });
  if (picture === null || frame === 0) return null;
  const cell = picture.map.cellPx * picture.k;
  const size = Math.max(LEAST_RING_PX, cell + 4);
  const { x, y } = cornerOf(picture, frame);
  const [left, top] = [x + (cell - size) / 2, y + (cell - size) / 2];
  return (
    <span
      className="frame-ring"
      data-which={which}
      style={{ width: size, height: size, transform: `translate(${String(left)}px, ${String(top)}px)` }}
    />
  );
}
