import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { hostname, release } from 'node:os';
import { parseIomem, parseMeminfo, parseZones } from '../formats/proc-machine.ts';
import type { Machine } from '../reports/machine/machine.ts';
import type { FrameWord } from '../reports/machine/page-flags.ts';
import { CommandError } from './say.ts';

/** Frames read at once. */
const CHUNK = 131_072;

/** The frames of this machine, run by run. Throws CommandError in words: only root may read them, only Linux has them. */
export function captureMachine(): Machine {
  if (process.platform !== 'linux')
    throw new CommandError(
      `Only Linux tells about its frames in the way that this reads; this is ${process.platform}.`,
    );
  const missing: string[] = [];
  const before = readTotals(missing);
  const { frames, words, lengths, wordOf } = readFrames();
  const later = readTotals([]);
  const { zones, meminfo } = before;
  const ram = parseIomem(optional('iomem', missing));
  if (ram.length === 0)
    missing.push('/proc/iomem does not tell where there is memory: holes look like frames without a flag.');
  return {
    name: hostname(),
    kernel: `Linux ${release()}`,
    frames,
    zones,
    ram,
    words,
    lengths,
    wordOf,
    meminfo,
    meminfoLater: later.meminfo,
    freeLater: later.zones.reduce(
      (sum, { free }) => sum + free.reduce((n, count, order) => n + count * 2 ** order, 0),
      0,
    ),
    missing,
  };
}

function optional(file: string, missing: string[]): string {
  try {
    return readFileSync(`/proc/${file}`, 'utf8');
  } catch (error) {
    missing.push(`/proc/${file} could not be read (${codeOf(error)}).`);
    return '';
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

function readTotals(missing: string[]): Pick<Machine, 'zones' | 'meminfo'> {
  const [zoneinfo, buddyinfo, types] = ['zoneinfo', 'buddyinfo', 'pagetypeinfo'].map((file) =>
    optional(file, missing),
  );
  return {
    zones: parseZones(zoneinfo ?? '', buddyinfo ?? '', types ?? ''),
    meminfo: parseMeminfo(optional('meminfo', missing)),
  };
}

function openFrames(name: string): number {
  try {
    return openSync(`/proc/${name}`, 'r');
  } catch (error) {
    const why =
      codeOf(error) === 'ENOENT' ? 'this kernel has no such file' : `${codeOf(error)}: only root may`;
    throw new CommandError(`/proc/${name} cannot be read (${why}). Nothing was captured. Run this as root.`);
  }
}

/** Reads both files side by side, so that the two words of a frame are of nearly the same moment. */
function readFrames(): Pick<Machine, 'frames' | 'words' | 'lengths' | 'wordOf'> {
  const flagsFile = openFrames('kpageflags');
  const countFile = openFrames('kpagecount');
  try {
    const runs = createRuns();
    const [flags, counts] = [new Uint32Array(CHUNK * 2), new Uint32Array(CHUNK * 2)];
    for (let frame = 0; ;) {
      const read = Math.floor(readFully(flagsFile, flags, frame) / 8);
      if (read === 0) break;
      counts.fill(0);
      readFully(countFile, counts, frame);
      runs.add(flags, counts, read);
      frame += read;
    }
    return runs.done();
  } finally {
    closeSync(flagsFile);
    closeSync(countFile);
  }
}

/** Bytes read from a frame's word on; less than the buffer holds at the end of memory only. */
function readFully(file: number, into: Uint32Array, frame: number): number {
  const bytes = new Uint8Array(into.buffer);
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(file, bytes, done, bytes.length - done, frame * 8 + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

/** Collects runs of equal words. */
function createRuns() {
  const words: FrameWord[] = [];
  const numbers = new Map<string, number>();
  const lengths: number[] = [];
  const wordOf: number[] = [];
  let frames = 0;
  let [lastLow, lastHigh, lastMapped] = [-1, -1, -1];
  const numberOf = (word: FrameWord): number => {
    const key = `${String(word.high)}:${String(word.low)}:${String(word.mapped)}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, words.length);
    return words.push(word) - 1;
  };
  return {
    add(flags: Uint32Array, counts: Uint32Array, read: number): void {
      for (let i = 0; i < read; i++) {
        const [low = 0, high = 0] = [flags[i * 2], flags[i * 2 + 1]];
        const count = (counts[i * 2] ?? 0) + (counts[i * 2 + 1] ?? 0);
        const mapped = count > 1 ? 2 : count === 1 ? 1 : 0;
        if (low !== lastLow || high !== lastHigh || mapped !== lastMapped) {
          [lastLow, lastHigh, lastMapped] = [low, high, mapped];
          wordOf.push(numberOf({ low, high, mapped }));
          lengths.push(0);
        }
        lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + 1;
      }
      frames += read;
    },
    done: () => ({ frames, words, lengths: Uint32Array.from(lengths), wordOf: Uint16Array.from(wordOf) }),
  };
}
