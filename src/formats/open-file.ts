import { gunzipSync } from 'fflate';
import { isCaptureFormat, readCapture } from './capture-file.ts';
import { damaged, notAMachine, notRecognised } from './file-error.ts';
import { isGzip } from './gzip.ts';
import { isMachineFormat, readMachine } from './machine-file.ts';
import type { Machine } from '../reports/machine/machine.ts';
import type { ProcessImage } from './process-image.ts';
import { isTruthFormat, readTruth } from './truth-file.ts';

/** More than this is not read: it would not fit into one string. */
const maxBytes = 2 ** 28;
const maxDepth = 32;
const openingBrace = 0x7b;
const closingBrace = 0x7d;
const openingBracket = 0x5b;
const closingBracket = 0x5d;
const quote = 0x22;
const backslash = 0x5c;

/** The last four bytes of a gzip file: its length unpacked, modulo 2^32 (RFC 1952). */
function unpackedLength(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length < 18 ? 0 : view.getUint32(bytes.length - 4, true);
}

function unpack(bytes: Uint8Array, fileName: string): Uint8Array {
  try {
    if (unpackedLength(bytes) <= maxBytes) return gunzipSync(bytes);
  } catch {
    // Cut off or garbled: said below.
  }
  throw damaged(
    fileName,
    'it is packed by gzip, and cannot be unpacked to its end, or only to more than 256 MiB',
  );
}

/**
 * Whether lists and objects are nested deeper than any of ours (6 levels). JSON.parse takes a quarter of a minute to
 * give up on 50 MB of opening brackets.
 */
function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === quote) inString = !inString;
    else if (byte === backslash) i++;
    else if (inString) continue;
    else if (byte === openingBrace || byte === openingBracket) depth++;
    else if (byte === closingBrace || byte === closingBracket) depth--;
    if (depth > maxDepth) return true;
  }
  return false;
}

/** Skips a byte order mark and white space; the index of the first other byte. */
function firstByte(bytes: Uint8Array): number {
  let i = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i++;
  return i;
}

function parseJson(bytes: Uint8Array, fileName: string): unknown {
  if (bytes.length > maxBytes) throw notRecognised(fileName, 'is larger than 256 MiB');
  if (bytes[firstByte(bytes)] !== openingBrace)
    throw notRecognised(fileName, 'is not JSON that this program wrote');
  if (isTooDeep(bytes)) throw damaged(fileName, 'its parts are nested far deeper than they should be');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged(fileName, 'it begins as JSON, but is cut off or garbled further on');
  }
}

function formatOf(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || !('format' in json)) return null;
  return typeof json.format === 'string' ? json.format : null;
}

/** The JSON of a file, plain or compressed by gzip, and the format that it names. Throws FileError. */
function openJson(bytes: Uint8Array, fileName: string): { readonly json: unknown; readonly format: string } {
  const json = parseJson(isGzip(bytes) ? unpack(bytes, fileName) : bytes, fileName);
  const format = formatOf(json);
  if (format === null) throw notRecognised(fileName, 'is JSON, but does not say of which format');
  return { json, format };
}

/**
 * Opens a file of any kind that holds a process: a capture or a ptlab-truth file, plain or compressed by gzip.
 * `fileName` is used in messages only. Throws FileError, and nothing else, when it cannot.
 */
export function openFile(bytes: Uint8Array, fileName: string): ProcessImage {
  const { json, format } = openJson(bytes, fileName);
  if (isCaptureFormat(format)) return readCapture(json, fileName);
  if (isTruthFormat(format)) return readTruth(json, fileName);
  throw notRecognised(fileName, `has the unknown format "${format.slice(0, 40)}"`);
}

/** Opens a file that holds the frames of a machine. Throws FileError, and nothing else, when it cannot. */
export function openMachine(bytes: Uint8Array, fileName: string): Machine {
  const { json, format } = openJson(bytes, fileName);
  if (isMachineFormat(format)) return readMachine(json, fileName);
  throw notAMachine(fileName, `has the format "${format.slice(0, 40)}"`);
}
