/** Something that can have the focus, with its place in the picture. */
export interface Stop {
  readonly frame: number;
  readonly x: number;
  readonly y: number;
}

/** Where an arrow key, Home or End leads from a stop; null when it leads nowhere. */
export function nextStop(stops: readonly Stop[], from: Stop, key: string): Stop | null {
  const ordered = [...stops].sort((a, b) => a.x - b.x || a.y - b.y);
  switch (key) {
    case 'Home':
      return ordered[0] ?? null;
    case 'End':
      return ordered.at(-1) ?? null;
    case 'ArrowUp':
      return ordered.filter((stop) => stop.x === from.x && stop.y < from.y).at(-1) ?? null;
    case 'ArrowDown':
      return ordered.find((stop) => stop.x === from.x && stop.y > from.y) ?? null;
    case 'ArrowLeft':
      return nearestBeside(ordered, from, -1);
    case 'ArrowRight':
      return nearestBeside(ordered, from, 1);
    default:
      return null;
  }
}

/** The nearest of the next column to the left (-1) or right (1). */
function nearestBeside(stops: readonly Stop[], from: Stop, way: -1 | 1): Stop | null {
  const beside = stops.filter(({ x }) => (x - from.x) * way > 0);
  const column = way === 1 ? Math.min(...beside.map(({ x }) => x)) : Math.max(...beside.map(({ x }) => x));
  const distance = (stop: Stop): number => Math.abs(stop.y - from.y);
  return beside
    .filter(({ x }) => x === column)
    .reduce<Stop | null>(
      (best, stop) => (best === null || distance(stop) < distance(best) ? stop : best),
      null,
    );
}
