import { availableParallelism } from 'node:os';
import type { FileHandle } from 'node:fs/promises';
import { CommandError } from './say.ts';

/** Pages whose words are read at once: 1 MiB of pagemap, 512 MiB of the process. */
export const chunkPages = 2 ** 17;
const wordBytes = 8;

interface Chunk {
  readonly firstVpn: number;
  readonly bytes: Buffer;
}

/** A range of virtual page numbers: [startVpn, endVpn). */
export interface VpnRange {
  readonly startVpn: number;
  readonly endVpn: number;
}

async function readChunk(handle: FileHandle, firstVpn: number, pages: number): Promise<Chunk> {
  const bytes = Buffer.allocUnsafeSlow(pages * wordBytes);
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, firstVpn * wordBytes + done);
    if (bytesRead === 0)
      throw new CommandError('The process ended while it was being read. Nothing was written.');
    done += bytesRead;
  }
  return { firstVpn, bytes };
}

/**
 * The chunks of a range in address order. The kernel needs about 2.6 s for the words of an empty terabyte, so a few
 * reads are under way at once, each on a thread of its own.
 */
export async function* readChunks(handle: FileHandle, { startVpn, endVpn }: VpnRange): AsyncGenerator<Chunk> {
  const ahead: Promise<Chunk>[] = [];
  let vpn = startVpn;
  try {
    while (vpn < endVpn || ahead.length > 0) {
      while (vpn < endVpn && ahead.length < Math.min(4, availableParallelism())) {
        const pages = Math.min(chunkPages - (vpn % chunkPages), endVpn - vpn);
        ahead.push(readChunk(handle, vpn, pages));
        vpn += pages;
      }
      const first = ahead.shift();
      if (first !== undefined) yield await first;
    }
  } finally {
    await Promise.allSettled(ahead);
  }
}

const zeros = Buffer.alloc(chunkPages * wordBytes);

/** The chunk's words as pairs of 32 bits, low first; null when all are zero, which is nearly always. */
export function wordsOf({ bytes }: Chunk): Uint32Array | null {
  if (bytes.equals(zeros.subarray(0, bytes.length))) return null;
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
