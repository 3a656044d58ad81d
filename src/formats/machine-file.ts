import { deflateSync, inflateSync } from 'fflate';
import * as v from 'valibot';
import { at } from '../lib/at.ts';
import type { Machine } from '../reports/machine/machine.ts';
import type { FrameWord } from '../reports/machine/page-flags.ts';
import { damaged, newerVersion } from './file-error.ts';

export const machineFormat = 'limbo-machine';
/** The version that `npm run capture -- --machine` writes; 1 is the first. */
export const machineVersion = 1;

/** 1 TiB of memory in frames of 4 KiB; more does not fit into one array here. */
const MOST_FRAMES = 2 ** 28;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const totals = v.record(v.string(), whole);

const zone = v.object({
  node: whole,
  name: v.string(),
  startPfn: whole,
  spanned: whole,
  managed: whole,
  free: v.pipe(v.array(whole), v.maxLength(32)),
  blocks: totals,
});

/** A machine file, version 1, as JSON holds it. */
const schema = v.object({
  format: v.literal(machineFormat),
  version: v.literal(machineVersion),
  name: v.string(),
  kernel: v.string(),
  frames: v.pipe(whole, v.maxValue(MOST_FRAMES)),
  zones: v.array(zone),
  ram: v.array(v.tuple([whole, whole])),
  /** By number: the flags of kpageflags in hex, and how often mapped (2: twice or more). */
  words: v.pipe(
    v.array(v.tuple([v.pipe(v.string(), v.regex(/^[0-9a-f]{1,16}$/)), v.picklist([0, 1, 2])])),
    v.maxLength(65_536),
  ),
  /** Runs of frames: length and word number, each in 7 bits a byte, low ones first; deflated, in base64. */
  runs: v.pipe(v.string(), v.base64()),
  /** Bytes of `runs` before they were deflated. */
  runBytes: v.pipe(whole, v.maxValue(2 ** 29)),
  meminfo: totals,
  meminfoLater: totals,
  freeLater: whole,
  missing: v.array(v.string()),
});

export type MachineFile = v.InferOutput<typeof schema>;

export function isMachineFormat(format: string): boolean {
  return format === machineFormat;
}

/** The machine as a file. */
export function encodeMachine({ lengths, wordOf, words, ...machine }: Machine): MachineFile {
  const bytes = packRuns(lengths, wordOf);
  return {
    format: machineFormat,
    version: machineVersion,
    ...machine,
    zones: machine.zones.map((one) => ({ ...one, free: [...one.free] })),
    ram: machine.ram.map(([start, end]) => [start, end]),
    missing: [...machine.missing],
    words: words.map(({ low, high, mapped }) => [hexOf(low, high), mapped]),
    runs: toBase64(deflateSync(bytes, { level: 9 })),
    runBytes: bytes.length,
  };
}

/** Reads a parsed machine file. Throws FileError. */
export function readMachine(json: unknown, fileName: string): Machine {
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : null;
  if (typeof version === 'number' && version > machineVersion)
    throw newerVersion(fileName, version, machineVersion);
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const field = v.getDotPath(issue)?.slice(0, 80) ?? 'its content';
    throw damaged(fileName, `${field} is not as it should be (${issue.message.slice(0, 120)})`);
  }
  const { format: _, version: __, words, runs, runBytes, ...file } = result.output;
  const unpacked = unpackRuns(runs, runBytes, fileName);
  checkRuns(unpacked, { frames: file.frames, words: words.length, fileName });
  return { ...file, ...unpacked, words: words.map(([hex, mapped]) => wordOfHex(hex, mapped)) };
}

const hexOf = (low: number, high: number): string =>
  high === 0 ? low.toString(16) : `${high.toString(16)}${low.toString(16).padStart(8, '0')}`;

function wordOfHex(hex: string, mapped: 0 | 1 | 2): FrameWord {
  const high = Number.parseInt(hex.slice(0, -8) || '0', 16);
  return { low: Number.parseInt(hex.slice(-8), 16), high, mapped };
}

function packRuns(lengths: Uint32Array, wordOf: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(lengths.length * 8);
  let end = 0;
  const put = (value: number): void => {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[end++] = (rest % 128) + 128;
    bytes[end++] = rest;
  };
  for (const [run, length] of lengths.entries()) {
    put(length);
    put(at(wordOf, run));
  }
  return bytes.subarray(0, end);
}

interface Runs {
  readonly lengths: Uint32Array;
  readonly wordOf: Uint16Array;
}

function unpackRuns(base64: string, bytes: number, fileName: string): Runs {
  let packed: Uint8Array;
  try {
    packed = inflateSync(fromBase64(base64), { out: new Uint8Array(bytes) });
  } catch {
    throw damaged(fileName, 'the runs of its frames cannot be unpacked');
  }
  const values = new Uint32Array(packed.length);
  let count = 0;
  let value = 0;
  let unit = 1;
  for (const byte of packed) {
    value += (byte % 128) * unit;
    unit *= 128;
    if (byte >= 128) continue;
    values[count++] = value;
    [value, unit] = [0, 1];
  }
  const runs = Math.floor(count / 2);
  return {
    lengths: Uint32Array.from({ length: runs }, (_, run) => at(values, run * 2)),
    wordOf: Uint16Array.from({ length: runs }, (_, run) => at(values, run * 2 + 1)),
  };
}

interface Expected {
  readonly frames: number;
  readonly words: number;
  readonly fileName: string;
}

function checkRuns({ lengths, wordOf }: Runs, { frames, words, fileName }: Expected): void {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total !== frames)
    throw damaged(fileName, `its runs hold ${String(total)} frames, and it says ${String(frames)}`);
  if (wordOf.some((word) => word >= words)) throw damaged(fileName, 'a run has flags that it does not list');
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 32_768)
    text += String.fromCharCode(...bytes.subarray(i, i + 32_768));
  return btoa(text);
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
