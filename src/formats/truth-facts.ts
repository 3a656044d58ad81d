import type { ImageFacts } from './process-image.ts';
import type { TruthFile } from './truth-schema.ts';
import type { TruthWalk } from './truth-walk.ts';

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

function missingFacts(file: TruthFile, walk: TruthWalk): string[] {
  const missing: string[] = [];
  const unreached = walk.byPa.size + walk.absent - walk.tables.length;
  if (walk.absent > 0) {
    missing.push(
      `${String(walk.absent)} tables are named by an entry but are not in the file; they are shown empty.`,
    );
  }
  if (unreached > 0)
    missing.push(`${String(unreached)} tables of the file cannot be reached from its top table.`);
  if (isMissing(file.vmPTEkB)) missing.push('The file does not give VmPTE.');
  if (isMissing(file.maps))
    missing.push('The file lists no mappings; large pages are taken for anonymous memory.');
  if (isMissing(file.nodes)) missing.push('The file does not say which node a frame belongs to.');
  return missing;
}

/** What the file says of its process, and what it does not. */
export function truthFacts(file: TruthFile, walk: TruthWalk, levelsWhy: string): ImageFacts {
  const vmPteKb = Number.parseInt(String(file.vmPTEkB), 10);
  return {
    vmPteKb: Number.isFinite(vmPteKb) ? vmPteKb : null,
    pid: file.process?.pid ?? null,
    comm: file.process?.who ?? null,
    kernel: file.kernel ?? null,
    levelsWhy,
    missing: missingFacts(file, walk),
  };
}
