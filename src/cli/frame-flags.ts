import { closeSync, openSync, readSync } from 'node:fs';
import type { FrameFlags } from '../formats/huge-choice.ts';

/** A reader of /proc/kpageflags, which only root may open. */
export interface FrameFlagsFile {
  readonly read: FrameFlags;
  readonly close: () => void;
}

/** Opens the file; without the right to, every look-up gives null. */
export function openFrameFlags(): FrameFlagsFile {
  let file: number;
  try {
    file = openSync('/proc/kpageflags', 'r');
  } catch {
    return { read: () => null, close: () => undefined };
  }
  const word = Buffer.alloc(8);
  return {
    read: (pfn) => {
      try {
        return readSync(file, word, 0, 8, pfn * 8) === 8 ? word.readInt32LE(0) : null;
      } catch {
        return null;
      }
    },
    close: () => closeSync(file),
  };
}
