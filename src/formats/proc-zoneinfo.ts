import { nodesOf } from './node-ranges.ts';
import type { FrameRange } from './node-ranges.ts';
import type { ImageNode } from './process-image.ts';

/** The frames of each node, from the zones of /proc/zoneinfo: start_pfn and spanned. */
export function parseZoneinfo(text: string): ImageNode[] {
  const ranges = new Map<number, FrameRange[]>();
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
