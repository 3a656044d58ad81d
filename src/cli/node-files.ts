import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { nodesOf, nodesOverlap } from '../formats/node-ranges.ts';
import { parseZoneinfo } from '../formats/proc-zoneinfo.ts';
import type { ImageNode } from '../formats/process-image.ts';

const nodeFolder = '/sys/devices/system/node';
const blockSizeFile = '/sys/devices/system/memory/block_size_bytes';

/** The frames of each node from the memory blocks that sysfs links to it. */
function fromSysfs(): ImageNode[] {
  if (!existsSync(blockSizeFile)) return [];
  const blockPages = Number.parseInt(readFileSync(blockSizeFile, 'utf8'), 16) / 4096;
  const ranges = new Map<number, { startPfn: number; endPfn: number }[]>();
  for (const folder of readdirSync(nodeFolder)) {
    const id = /^node(\d+)$/.exec(folder)?.[1];
    if (id === undefined) continue;
    const blocks = readdirSync(`${nodeFolder}/${folder}`).flatMap(
      (name) => /^memory(\d+)$/.exec(name)?.[1] ?? [],
    );
    const own = blocks.map((block) => Number(block) * blockPages);
    ranges.set(
      Number(id),
      own.map((startPfn) => ({ startPfn, endPfn: startPfn + blockPages })),
    );
  }
  return nodesOf(ranges);
}

function fromZoneinfo(): ImageNode[] {
  return parseZoneinfo(readFileSync('/proc/zoneinfo', 'utf8'));
}

function attempt(read: () => ImageNode[]): ImageNode[] {
  try {
    return read();
  } catch {
    return [];
  }
}

/** Which frames each NUMA node holds: from zoneinfo, or from sysfs where zones overlap. Empty when neither tells. */
export function readNodes(): ImageNode[] {
  const zones = attempt(fromZoneinfo);
  if (zones.length > 0 && !nodesOverlap(zones)) return zones;
  const blocks = attempt(fromSysfs);
  return blocks.length > 0 ? blocks : zones;
}
