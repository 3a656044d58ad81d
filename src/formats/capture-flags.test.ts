import { describe, expect, it } from 'vitest';
import * as capture from './capture-flags.ts';
import * as flag from './image-flags.ts';
import type { ImageVma } from './process-image.ts';

function vma(perms: string): ImageVma {
  return { start: 0n, end: 4096n, perms, offset: 0n, name: '', kind: 'anon', policy: null, node: null };
}

const {
  CAPTURE_PRESENT: P,
  CAPTURE_EXCLUSIVE: X,
  CAPTURE_FILE: F,
  CAPTURE_ZERO: Z,
  CAPTURE_SWAP: S,
} = capture;

describe('flags of a captured page', () => {
  it.each([
    { what: 'private, ours alone', perms: 'rw-p', bits: P | X, writable: true },
    { what: 'private, shared after fork: to be copied first', perms: 'rw-p', bits: P, writable: false },
    {
      what: 'private, a page of the file: to be copied first',
      perms: 'rw-p',
      bits: P | X | F,
      writable: false,
    },
    { what: 'shared memory', perms: 'rw-s', bits: P | F, writable: true },
    { what: 'the page of zeros', perms: 'rw-p', bits: P | X | Z, writable: false },
    {
      what: 'write-protected for userfaultfd',
      perms: 'rw-p',
      bits: P | X | capture.CAPTURE_UFFD_WP,
      writable: false,
    },
    { what: 'read-only mapping', perms: 'r--p', bits: P | X, writable: false },
  ])('W: $what', ({ perms, bits, writable }) => {
    const flags = capture.captureFlags(bits, vma(perms));
    expect(flags & flag.IMAGE_P).toBe(flag.IMAGE_P);
    expect((flags & flag.IMAGE_W) !== 0).toBe(writable);
  });

  it('a page in a mapping without any permission is PROT_NONE, not present', () => {
    const flags = capture.captureFlags(P | X, vma('---p'));
    expect(flags & (flag.IMAGE_P | flag.IMAGE_SWAP | flag.IMAGE_NONE)).toBe(
      flag.IMAGE_SWAP | flag.IMAGE_NONE,
    );
  });

  it('a swapped page and a guard marker are not present, and hold no page', () => {
    expect(capture.captureFlags(S, vma('rw-p')) & (flag.IMAGE_P | flag.IMAGE_SWAP | flag.IMAGE_NONE)).toBe(
      flag.IMAGE_SWAP,
    );
    expect(capture.captureFlags(S | capture.CAPTURE_GUARD, vma('rw-p')) & flag.IMAGE_GUARD).toBe(
      flag.IMAGE_GUARD,
    );
  });

  it('NX follows the mapping, and A and D stay unknown', () => {
    expect(capture.captureFlags(P, vma('r-xp')) & flag.IMAGE_NX).toBe(0);
    expect(capture.captureFlags(P, vma('rw-p')) & flag.IMAGE_NX).toBe(flag.IMAGE_NX);
    expect(capture.captureFlags(capture.CAPTURE_ALL, vma('rw-p')) & (flag.IMAGE_A | flag.IMAGE_D)).toBe(0);
  });
});
