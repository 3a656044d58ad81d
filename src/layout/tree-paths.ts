export interface Point {
  readonly x: number;
  readonly y: number;
}

const n = (value: number): string => String(Math.round(value * 10) / 10);
const p = ({ x, y }: Point): string => `${n(x)} ${n(y)}`;

/** A level curve from an entry (its right edge) to a table or page (its left edge). Always one cubic: it can move. */
export function entryPath(from: Point, to: Point): string {
  const reach = Math.max(16, (to.x - from.x) / 2);
  return `M${p(from)}C${p({ x: from.x + reach, y: from.y })} ${p({ x: to.x - reach, y: to.y })} ${p(to)}`;
}

/** From a chip in a CPU's rail down a lane at `laneX`, and into the left edge of a card. Corners are rounded. */
export function lanePath(from: Point, laneX: number, to: Point): string {
  const r = Math.min(6, Math.abs(to.y - from.y) / 2);
  const out = `M${p(from)}L${p({ x: laneX + r, y: from.y })}`;
  const down = `Q${p({ x: laneX, y: from.y })} ${p({ x: laneX, y: from.y + r })}L${p({ x: laneX, y: to.y - r })}`;
  return `${out}${down}Q${p({ x: laneX, y: to.y })} ${p({ x: laneX + r, y: to.y })}L${p(to)}`;
}

/** An arc on the left of a column, from a row of one version to the same row of another. */
export function copyPath(from: Point, to: Point): string {
  const bend = 24;
  return `M${p(from)}C${p({ x: from.x - bend, y: from.y })} ${p({ x: to.x - bend, y: to.y })} ${p(to)}`;
}
