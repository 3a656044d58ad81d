import type { Geometry } from '../machine/geometry.ts';
import { parseMapsLine, vmaKind } from './proc-maps.ts';
import type { MapsLine } from './proc-maps.ts';
import { onlyNode, parseNumaLine } from './proc-numa-maps.ts';
import type { NumaLine } from './proc-numa-maps.ts';
import type { ImageVma } from './process-image.ts';
import type { TruthFile } from './truth-schema.ts';

function toVma(line: MapsLine, numa: NumaLine | undefined): ImageVma {
  const { start, end, perms, offset, name } = line;
  return {
    start,
    end,
    perms,
    offset,
    name,
    kind: numa?.huge === true ? 'hugetlb' : vmaKind(line),
    policy: numa?.policy ?? null,
    node: numa === undefined ? null : onlyNode(numa),
  };
}

/** The user's mappings that the file lists; lines that are none of maps are passed over. */
export function truthVmas({ maps, numa_maps: numaMaps }: TruthFile, { userVaEnd }: Geometry): ImageVma[] {
  const numa = new Map<bigint, NumaLine>();
  for (const text of numaMaps ?? []) {
    const line = parseNumaLine(text.trim());
    if (line !== null) numa.set(line.start, line);
  }
  return (maps ?? [])
    .map((text) => parseMapsLine(text.trimEnd()))
    .filter((line) => line !== null)
    .filter(({ start, end }) => start < end && end <= userVaEnd)
    .map((line) => toVma(line, numa.get(line.start)))
    .toSorted((a, b) => (a.start < b.start ? -1 : 1));
}
