import { create } from 'zustand';

/** The file of a machine's frames that was given to the page last; it is read where it is shown. */
export const useMachineFile = create<{ readonly file: File | null }>(() => ({ file: null }));

const GZIP = [0x1f, 0x8b];

/** Whether a file, compressed or not, holds the frames of a machine, by how it begins. */
export async function isMachineFile(file: File): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, GZIP.length).arrayBuffer());
  const packed = GZIP.every((byte, i) => start[i] === byte);
  const text = packed ? await unpackedStart(file) : await file.slice(0, 200).text();
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
