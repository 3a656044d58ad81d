import { create } from 'zustand';
import { isGzip } from '../formats/gzip.ts';

/** The file of a machine's frames that was given to the page last; it is read where it is shown. */
export const useMachineFile = create<{ readonly file: File | null }>(() => ({ file: null }));

/** Whether a file, compressed or not, holds the frames of a machine, by how it begins. */
export async function isMachineFile(file: File): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 200).arrayBuffer());
  const text = isGzip(start) ? await unpackedStart(file) : new TextDecoder().decode(start);
  return text.includes('"limbo-machine"');
}

/** The first piece of a compressed file; empty for a damaged one, which whoever reads it whole will tell of. */
async function unpackedStart(file: File): Promise<string> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    const { value } = await reader.read();
    return new TextDecoder().decode(value);
  } catch {
    return '';
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

export function giveMachineFile(file: File): void {
  useMachineFile.setState({ file });
}
