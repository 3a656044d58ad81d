import type { FileSummary } from '../worker/file-summary.ts';
import type { Source } from '../worker/protocol.ts';
import { ask, inTurn, workerGeneration } from './connection.ts';
import { useWorkbench } from './state.ts';

const { setState: set } = useWorkbench;

/** A file as the user gave it; kept, so that a run of it can be opened again in a new worker. */
interface KeptFile {
  readonly file: File;
  readonly summary: FileSummary;
}

/** The file read last, and the one whose run is on the screen. */
let loaded: KeptFile | null = null;
let shown: KeptFile | null = null;
/** What the worker holds. */
let inWorker: { readonly kept: KeptFile; readonly generation: number } | null = null;

/** Reads a file that the user chose. Gives its summary, or null when it was refused (a notice says why). */
export async function loadFile(file: File): Promise<FileSummary | null> {
  const kept = await inTurn(() => send(file));
  if (kept === null) return null;
  loaded = kept;
  set({ file: kept.summary, notice: null });
  return kept.summary;
}

async function send(file: File): Promise<KeptFile | null> {
  const bytes = await bytesOf(file);
  if (bytes === null) return null;
  const answer = await ask({ do: 'load', name: file.name, bytes });
  if (answer?.kind !== 'file') return null;
  const kept = { file, summary: answer };
  inWorker = { kept, generation: workerGeneration() };
  return kept;
}

async function bytesOf(file: File): Promise<ArrayBuffer | null> {
  try {
    return await file.arrayBuffer();
  } catch {
    const text = `${file.name} could not be read: it was moved or changed, is a folder, or is too large. Nothing was opened, and what was open before is as it was. Choose the file again.`;
    set({ notice: { tone: 'error', text, reopen: false } });
    return null;
  }
}

/**
 * Within a turn, before a source is opened: makes sure that the worker holds the file that the source is about. That
 * is the file read last when `fresh`, else the one on the screen. False when it cannot be had.
 */
export async function provideFile(source: Source, fresh: boolean): Promise<boolean> {
  if (source.kind !== 'file') return true;
  const wanted = fresh ? loaded : (shown ?? loaded);
  if (wanted === null) return true;
  if (inWorker?.kept === wanted && inWorker.generation === workerGeneration()) return true;
  return (await send(wanted.file)) !== null;
}

/** The file whose tables are on the screen; null for a scenario. */
export function fileOnScreen(): File | null {
  return shown?.file ?? null;
}

/** After a source was opened: remembers which file is on the screen. */
export function noteShown(source: Source): void {
  shown = source.kind === 'file' ? (inWorker?.kept ?? null) : null;
}
