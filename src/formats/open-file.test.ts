import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { FileError } from './file-error.ts';
import { openFile } from './open-file.ts';
import { sampleCapture, sampleRuns } from './sample-capture.ts';
import { sampleGuest } from './sample-guest.ts';

vi.setConfig({ testTimeout: 60_000 });

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const captureText = JSON.stringify(sampleCapture({ runs: sampleRuns }));
const truthText = JSON.stringify(sampleGuest('x86-32-pae'));

/** The error's message, null when the file opens; any other error is a bug. */
function refusal(bytes: Uint8Array): string | null {
  try {
    openFile(bytes, 'x.json');
    return null;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.message;
  }
}

/** A JSON value with one of its parts replaced by another value. */
function mutate(json: unknown, path: number, value: unknown): unknown {
  if (typeof json !== 'object' || json === null) return value;
  const keys = Object.keys(json);
  const key = keys[path % (keys.length + 1)];
  if (key === undefined) return value;
  const part: unknown = (json as Record<string, unknown>)[key];
  const changed = mutate(part, Math.floor(path / (keys.length + 1)), value);
  if (Array.isArray(json)) return json.map((item: unknown, i) => (String(i) === key ? changed : item));
  return { ...json, [key]: changed };
}

describe('opening a file', () => {
  it.each([
    ['a capture', captureText, 'proc'],
    ['a truth file', truthText, 'truth'],
    ['a file with a byte order mark and blanks', `\uFEFF\r\n ${captureText}`, 'proc'],
  ])('recognises %s, plain and gzipped', (_, text, source) => {
    expect(openFile(encode(text), 'plain').source).toBe(source);
    expect(openFile(gzipSync(encode(text)), 'packed.gz').source).toBe(source);
  });

  it.each([
    ['nothing', new Uint8Array(), 'not JSON'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'not JSON'],
    ['a JSON list', encode('[1]'), 'not JSON that this program'],
    ['JSON of nobody', encode('{"a":1}'), 'does not say of which format'],
    ['another format', encode('{"format":"pcap"}'), 'unknown format "pcap"'],
    ['half a capture', encode(captureText.slice(0, 300)), 'cut off'],
    ['text that is not UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe), 'garbled'],
    ['half a gzip file', gzipSync(encode(captureText)).subarray(0, 200), 'cannot be unpacked'],
    ['a gzip header alone', Uint8Array.of(0x1f, 0x8b), 'cannot be unpacked'],
  ])('refuses %s, in words that say what to do', (_, bytes, words) => {
    const message = refusal(bytes);
    expect(message).toContain(words);
    expect(message).toMatch(/^x\.json .*\. Nothing was opened, .*\. (Choose|Make) .*\.$/);
  });

  it('refuses a packed file that would be too large without unpacking it', () => {
    const bytes = gzipSync(encode(captureText));
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(bytes.length - 4, 0xffff_0000, true);
    expect(refusal(bytes)).toContain('256 MiB');
  });

  it.each([
    [
      'noise',
      () => new Uint8Array(Float64Array.from({ length: 6.25 * 2 ** 20 }, (_, i) => Math.sin(i)).buffer),
    ],
    ['one byte', () => new Uint8Array(50 * 2 ** 20).fill(0x41)],
    ['opening braces', () => new Uint8Array(50 * 2 ** 20).fill(0x7b)],
    ['lists in lists', () => encode(`{"format":"limbo-capture","x":${'['.repeat(50 * 2 ** 20)}`)],
    ['a very long string', () => encode(`{"format":"${'a'.repeat(50 * 2 ** 20)}"}`)],
  ])('refuses 50 MB of nonsense (%s) within 5 s', (_, make) => {
    const bytes = make();
    const start = performance.now();
    expect(refusal(bytes)).not.toBeNull();
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

it('refuses 50 MB of good JSON that makes no sense without running out of memory', () => {
  const numbers = '7,'.repeat(25 * 2 ** 20);
  expect(refusal(encode(`{"format":"limbo-capture","version":1,"runs":[${numbers}7]}`))).toContain('damaged');
});

describe('fuzz: a file opens or is refused in words, whatever was done to it', () => {
  it.each([
    ['capture', captureText],
    ['truth file', truthText],
  ])('%s cut off anywhere', (_, text) => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), (length) => {
        expect(refusal(encode(text.slice(0, length)))).not.toBeNull();
      }),
    );
  });

  it.each([
    ['capture', captureText],
    ['truth file', truthText],
  ])('%s with bytes changed', (_, text) => {
    const change = fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const bytes = encode(text);
        for (const [place, byte] of changes) bytes[place] = byte;
        refusal(bytes);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['capture', captureText],
    ['truth file', truthText],
  ])('%s with a part replaced by any JSON', (_, text) => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(-1, 0, 2 ** 31, 2 ** 53, 1e308, '', '0x', '0xffffffffffffffff', 'fffffffffff000'),
    );
    fc.assert(
      fc.property(fc.nat(), value, (path, replacement) => {
        refusal(encode(JSON.stringify(mutate(JSON.parse(text), path, replacement))));
      }),
      { numRuns: 1000 },
    );
  });

  it('packed capture with bytes changed', () => {
    const packed = gzipSync(encode(captureText));
    fc.assert(
      fc.property(fc.nat(packed.length - 5), fc.integer({ min: 0, max: 255 }), (place, byte) => {
        const bytes = packed.slice();
        bytes[place] = byte;
        refusal(bytes);
      }),
    );
  });
});
