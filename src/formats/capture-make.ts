import { CAPTURE_PRESENT } from './capture-flags.ts';
import { encodeRuns } from './capture-runs.ts';
import type { PageRun } from './capture-runs.ts';
import { captureFormat, captureVersion } from './capture-schema.ts';
import type { CaptureFile } from './capture-schema.ts';
import { vmaKind } from './proc-maps.ts';
import { onlyNode } from './proc-numa-maps.ts';
import type { NumaLine } from './proc-numa-maps.ts';
import type { SmapsBlock } from './proc-smaps.ts';
import type { LevelsFound } from './proc-status.ts';
import type { ImageNode } from './process-image.ts';

/** All that was read of a process, parsed. */
export interface CaptureParts {
  readonly pid: number;
  readonly comm: string | null;
  readonly kernel: string | null;
  readonly levels: LevelsFound;
  readonly vmPteKb: number | null;
  /** Whether pagemap gave frame numbers. */
  readonly pfn: boolean;
  readonly missing: readonly string[];
  readonly nodes: readonly ImageNode[];
  readonly blocks: readonly SmapsBlock[];
  readonly numa: readonly NumaLine[];
  /** Ascending; large leaves marked. */
  readonly runs: readonly PageRun[];
}

function makeVma({ line, flags }: SmapsBlock, numa: NumaLine | undefined): CaptureFile['vmas'][number] {
  return {
    start: line.start.toString(16),
    end: line.end.toString(16),
    perms: line.perms,
    offset: line.offset.toString(16),
    name: line.name,
    kind: vmaKind(line, flags),
    policy: numa?.policy ?? null,
    node: numa === undefined ? null : onlyNode(numa),
  };
}

function makeVmas({ blocks, numa }: CaptureParts): CaptureFile['vmas'] {
  const byStart = new Map(numa.map((line) => [line.start, line]));
  return blocks.map((block) => makeVma(block, byStart.get(block.line.start)));
}

/** A present page whose word of pagemap holds no frame, where others do, is on frame 0. */
function withFrames({ runs, pfn }: CaptureParts): readonly PageRun[] {
  if (!pfn) return runs;
  return runs.map((run) => (run.pfn < 0 && (run.flags & CAPTURE_PRESENT) !== 0 ? { ...run, pfn: 0 } : run));
}

/** The capture file, in the newest version, of what was read. */
export function makeCapture(parts: CaptureParts): CaptureFile {
  const { pid, comm, kernel, levels, vmPteKb, pfn, missing, nodes } = parts;
  return {
    format: captureFormat,
    version: captureVersion,
    name: `${comm ?? 'process'} (${String(pid)})`,
    process: { pid, comm, kernel },
    levels: levels.levels,
    levelsWhy: levels.why,
    vmPteKb,
    pfn,
    missing: [...missing],
    nodes: nodes.map(({ id, ranges }) => ({
      id,
      ranges: ranges.map(({ startPfn, endPfn }) => [startPfn, endPfn]),
    })),
    vmas: makeVmas(parts),
    runs: encodeRuns(withFrames(parts)),
  };
}
