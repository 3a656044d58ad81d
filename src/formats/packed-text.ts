import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { FileError } from './file-error.ts';

/** Deflates a text of single-byte characters or UTF-8 into letters that addresses keep: base64url. */
export function packText(text: string): string {
  const packed = btoa(strFromU8(deflateSync(strToU8(text), { level: 9 }), true));
  return packed.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The text again. `what` begins the refusal ("The schedule in this link or file"). Stops where the text gets longer than
 * `mostBytes`: a few letters can stand for gigabytes. Throws a FileError.
 */
export function unpackText(packed: string, mostBytes: number, what: string): string {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((part) => {
    length += part.length;
    if (length > mostBytes) throw unreadable(what);
    parts.push(part);
  });
  try {
    stream.push(strToU8(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), true), true);
    return new TextDecoder('utf-8', { fatal: true }).decode(joined(parts, length));
  } catch {
    throw unreadable(what);
  }
}

/** What is said of a text that cannot be unpacked. */
export function unreadable(what: string): FileError {
  return new FileError(
    'damaged',
    `${what} cannot be read: part of it is missing or changed. Nothing was opened, and what was open before is as it was. Copy it again.`,
  );
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
