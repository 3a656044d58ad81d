import type { ImageNode } from './process-image.ts';

interface Range {
  readonly startPfn: number;
  readonly endPfn: number;
}

/** Joins ranges that touch. */
function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.startPfn - b.startPfn)) {
    const last = result.at(-1);
    if (last === undefined || last.endPfn < range.startPfn) result.push(range);
    else result[result.length - 1] = { ...last, endPfn: Math.max(last.endPfn, range.endPfn) };
  }
  return result;
}

/** Nodes with their ranges joined and in order. */
export function nodesOf(ranges: ReadonlyMap<number, readonly Range[]>): ImageNode[] {
  return [...ranges]
    .map(([id, own]) => ({ id, ranges: joined(own) }))
    .filter(({ ranges: own }) => own.length > 0)
    .sort((a, b) => a.id - b.id);
}

/** The frames of each node, from the zones of /proc/zoneinfo: start_pfn and spanned. */
export function parseZoneinfo(text: string): ImageNode[] {
  const ranges = new Map<number, Range[]>();
  for (const zone of text.split(/^(?=Node )/m)) {
    const id = /^Node (\d+), zone/.exec(zone)?.[1];
    const spanned = Number(/^ +spanned +(\d+)$/m.exec(zone)?.[1] ?? 0);
    const startPfn = Number(/^ +start_pfn: +(\d+)$/m.exec(zone)?.[1] ?? 0);
    if (id === undefined || spanned === 0) continue;
    const own = ranges.get(Number(id)) ?? [];
    own.push({ startPfn, endPfn: startPfn + spanned });
    ranges.set(Number(id), own);
  }
  return nodesOf(ranges);
}

/** Whether two nodes claim one frame: zones may span holes that belong to another node. */
export function nodesOverlap(nodes: readonly ImageNode[]): boolean {
  const all = nodes.flatMap(({ ranges }) => ranges).toSorted((a, b) => a.startPfn - b.startPfn);
  return all.some(({ startPfn }, i) => i > 0 && startPfn < (all[i - 1]?.endPfn ?? 0));
}
