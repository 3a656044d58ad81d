import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as capture from './capture-flags.ts';
import type { PageRun } from './capture-runs.ts';
import { createRunScanner, endRun, scanWords } from './pagemap-words.ts';

const present = 1n << 63n;
const swapped = 1n << 62n;

function scan(words: readonly bigint[], firstVpn = 0): readonly PageRun[] {
  const scanner = createRunScanner();
  const pairs = words.flatMap((word) => [Number(word & 0xffff_ffffn), Number(word >> 32n)]);
  scanWords(scanner, Uint32Array.from(pairs), firstVpn);
  endRun(scanner);
  return scanner.runs;
}

describe('words of pagemap', () => {
  it.each([
    [63n, capture.CAPTURE_PRESENT],
    [62n, capture.CAPTURE_SWAP],
    [61n, capture.CAPTURE_FILE],
    [58n, capture.CAPTURE_GUARD],
    [57n, capture.CAPTURE_UFFD_WP],
    [56n, capture.CAPTURE_EXCLUSIVE],
    [55n, capture.CAPTURE_SOFT_DIRTY],
  ])('bit %s', (bit, flag) => {
    const base = bit === 62n ? swapped : present;
    const baseFlag = bit === 62n ? capture.CAPTURE_SWAP : capture.CAPTURE_PRESENT;
    expect(scan([base | (1n << bit) | 5n])[0]?.flags).toBe(baseFlag | flag);
  });

  it('joins neighbours whose frames follow on, and no others', () => {
    expect(scan([present | 7n, present | 8n, present | 10n, 0n, present | 12n], 100)).toEqual([
      { vpn: 100, pages: 2, pfn: 7, flags: capture.CAPTURE_PRESENT },
      { vpn: 102, pages: 1, pfn: 10, flags: capture.CAPTURE_PRESENT },
      { vpn: 104, pages: 1, pfn: 12, flags: capture.CAPTURE_PRESENT },
    ]);
  });

  it('joins neighbours without frames, as a user who is not root sees them', () => {
    expect(scan([present, present, present])).toEqual([
      { vpn: 0, pages: 3, pfn: -1, flags: capture.CAPTURE_PRESENT },
    ]);
  });

  it('takes no frame from a swapped page, whose low bits are a swap slot', () => {
    expect(scan([swapped | 0x123n, swapped | 0x9999n])).toEqual([
      { vpn: 0, pages: 2, pfn: -1, flags: capture.CAPTURE_SWAP },
    ]);
  });

  it('passes over a soft-dirty bit on nothing, which the kernel sets on pages of new mappings', () => {
    expect(scan([1n << 55n])).toEqual([]);
  });

  it('reads frames of 55 bits', () => {
    expect(scan([present | ((1n << 40n) - 1n)])[0]?.pfn).toBe(2 ** 40 - 1);
  });

  it('says of each page what its word says, however words are cut into chunks', () => {
    const word = fc.oneof(
      fc.constant(0n),
      fc.bigInt(1n, 6n).map((pfn) => present | pfn),
      fc.bigInt(0n, 3n).map((slot) => swapped | slot),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const pages = scan(words).flatMap(({ vpn, pages: count, pfn }) =>
          Array.from({ length: count }, (_, i) => [vpn + i, pfn < 0 ? -1 : pfn + i]),
        );
        const expected = words.flatMap((value, vpn) =>
          value === 0n ? [] : [[vpn, (value & present) === 0n ? -1 : Number(value & ~present)]],
        );
        expect(pages).toEqual(expected);
      }),
    );
  });
});
