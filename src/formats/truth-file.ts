import * as v from 'valibot';
import { lastLevel, levelAt } from '../machine/geometry.ts';
import type { Geometry } from '../machine/geometry.ts';
import { damaged, newerVersion } from './file-error.ts';
import { IMAGE_DEPOSIT, IMAGE_HUGETLB } from './image-flags.ts';
import { vmaLookup } from './image-vmas.ts';
import { nodeLookup, nodesOf } from './node-ranges.ts';
import type { ImageNode, ImageVma, ProcessImage } from './process-image.ts';
import { truthFacts } from './truth-facts.ts';
import { hasLargePages, topFromCr3, truthGeometry } from './truth-geometry.ts';
import { truthSchema } from './truth-schema.ts';
import type { TruthFile, TruthTable } from './truth-schema.ts';
import { truthVmas } from './truth-vmas.ts';
import { visitTable } from './truth-walk.ts';
import type { TruthWalk } from './truth-walk.ts';

const formatName = /^ptlab-truth-(\d{1,6})$/;
const newestVersion = 1;

/** Whether `format` of a JSON file says that it is a truth file, of this or another version. */
export function isTruthFormat(format: string): boolean {
  return formatName.test(format);
}

function parse(json: unknown, name: string): TruthFile {
  const result = v.safeParse(truthSchema, json, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const where = v.getDotPath(issue);
    throw damaged(
      name,
      `${where === null ? 'the file' : `its field ${where.slice(0, 80)}`} is not as it should be (${issue.message.slice(0, 120)})`,
    );
  }
  return result.output;
}

function checkVersion(json: unknown, name: string): void {
  const { format } = v.parse(v.object({ format: v.string() }), json);
  const version = Number(formatName.exec(format)?.[1]);
  if (version > newestVersion) throw newerVersion(name, version, newestVersion);
}

/** A node may come in several pieces, as memory around the hole below 4 GiB does. */
function truthNodes({ nodes }: TruthFile): ImageNode[] {
  const ranges = new Map<number, { startPfn: number; endPfn: number }[]>();
  for (const { id, base, size } of nodes ?? []) {
    const own = ranges.get(id) ?? [];
    own.push({ startPfn: Number(base >> 12n), endPfn: Number((base + size) >> 12n) });
    ranges.set(id, own);
  }
  return nodesOf(ranges);
}

function levelNames(file: TruthFile, geometry: Geometry): (table: TruthTable) => number {
  const names: readonly string[] = geometry.levels.map(({ name }) => name);
  const listed = file.levels ?? names;
  return ({ level }) => {
    if (typeof level === 'number') return level;
    const place = listed.indexOf(level);
    return place < 0 ? names.indexOf(level) : place;
  };
}

/** A large leaf is of the hugetlb pool, or transparent; anonymous transparent ones have a PTE table deposited. */
function largeLeafFlags(geometry: Geometry, vmas: readonly ImageVma[]): TruthWalk['leafFlags'] {
  const vmaOf = vmaLookup(vmas);
  const bottom = lastLevel(geometry);
  return (vpn, levelIndex) => {
    if (levelIndex === bottom) return 0;
    const kind = vmaOf(vpn)?.kind;
    if (kind === 'hugetlb' || levelIndex < bottom - 1) return IMAGE_HUGETLB;
    return kind === undefined || kind === 'anon' || kind === 'heap' || kind === 'stack' ? IMAGE_DEPOSIT : 0;
  };
}

function tablesByPa(file: TruthFile, name: string): Map<number, TruthTable> {
  const byPa = new Map<number, TruthTable>();
  for (const [key, table] of Object.entries(file.userTables)) {
    const pa = /^(0x[0-9a-f]{1,13}|\d{1,16})$/i.test(key) ? Number(key) : Number.NaN;
    if (!(pa < 2 ** 52)) throw damaged(name, `"${key.slice(0, 40)}" is not the physical address of a table`);
    byPa.set(pa, table);
  }
  return byPa;
}

function topTable(file: TruthFile, walk: TruthWalk): number {
  const fromCr3 = topFromCr3(file, walk.geometry);
  if (fromCr3 !== null && walk.byPa.has(fromCr3)) return fromCr3;
  for (const [pa, table] of walk.byPa) if (walk.levelOf(table) === 0) return pa;
  throw damaged(walk.name, `it has no ${levelAt(walk.geometry, 0).name} table to start from`);
}

/**
 * Reads a parsed ptlab-truth-1 file (page tables of a guest, read from outside) into an image with real frames,
 * nodes, raw entries, A and D. Its answers (`translations`, `pagemap`, `tableCount`) are not used.
 * Throws FileError.
 */
export function readTruth(json: unknown, fileName: string): ProcessImage {
  checkVersion(json, fileName);
  const file = parse(json, fileName);
  const found = truthGeometry(file);
  if (found === null) throw damaged(fileName, 'its levels are those of no x86 paging mode');
  const { geometry } = found;
  const nodes = truthNodes(file);
  const vmas = truthVmas(file, geometry);
  const walk: TruthWalk = {
    name: fileName,
    geometry,
    largePages: hasLargePages(file),
    byPa: tablesByPa(file, fileName),
    levelOf: levelNames(file, geometry),
    nodeOf: nodeLookup(nodes),
    leafFlags: largeLeafFlags(geometry, vmas),
    tables: [],
    numbers: new Map(),
    absent: 0,
  };
  visitTable(walk, { pa: topTable(file, walk), level: 0, vaBase: 0n, parent: -1, parentIndex: -1 });
  return {
    source: 'truth',
    name: file.name ?? fileName,
    geometry,
    tables: walk.tables,
    vmas,
    nodes,
    facts: truthFacts(file, walk, found.why),
    known: { pfn: true, accessedDirty: true, writable: true, tablePfn: true, node: nodes.length > 0 },
  };
}
