import { describe, expect, it } from 'vitest';
import { geometries } from './geometry.ts';
import { decodeNotPresent, encodeProtNone, encodeSwap } from './linux-entry.ts';

const four = { geometry: geometries['x86-64-4'], levelIndex: 3 };
const five = { geometry: geometries['x86-64-5'], levelIndex: 4 };
const pae = { geometry: geometries['x86-32-pae'], levelIndex: 2 };
const two = { geometry: geometries['x86-32'], levelIndex: 1 };

describe('entries of Linux with P off', () => {
  it.each([
    ['64-bit', four, 0xf_ffff_4003_7960n, 0xbffc8],
    ['PAE', pae, 0xf_ffff_c01e_a160n, 0x3fe15],
    ['two levels, never inverted', two, 0x3fe1_5160n, 0x3fe15],
  ])('PROT_NONE, %s: finds the frame behind the stored bits', (_, place, raw, pfn) => {
    expect(decodeNotPresent(place, raw)).toMatchObject({
      kind: 'protnone',
      entry: { role: 'leaf', pfn, present: false, accessed: true, dirty: true, global: false },
    });
  });

  it.each([
    ['4 levels', four],
    ['5 levels', five],
    ['PAE', pae],
    ['2 levels', two],
  ])('PROT_NONE, %s: encoding gives back what decoding finds', (_, place) => {
    const leaf = 0x1234_5067n;
    const raw = encodeProtNone(place, leaf);
    expect(raw & 0x101n).toBe(0x100n);
    expect(decodeNotPresent(place, raw)).toMatchObject({ kind: 'protnone', entry: { pfn: 0x12345 } });
  });

  it('keeps a huge page under PROT_NONE a huge page', () => {
    const place = { geometry: geometries['x86-64-4'], levelIndex: 2 };
    const raw = encodeProtNone(place, 0x8000_0000_8240_08e7n);
    expect(decodeNotPresent(place, raw)).toMatchObject({
      kind: 'protnone',
      entry: { role: 'leaf', pfn: 0x82400, noExecute: true },
    });
  });

  it.each([
    ['4 levels', four, (3n << 59n) | (((1n << 50n) - 1n - 0x1234n) << 9n)],
    ['PAE', pae, (3n << 59n) | (((1n << 50n) - 1n - 0x1234n) << 9n)],
    ['2 levels', two, (3n << 1n) | (0x1234n << 9n)],
  ])('swap, %s: type and offset from their bits, and back', (_, place, raw) => {
    expect(decodeNotPresent(place, raw)).toEqual({ kind: 'swap', type: 3, offset: 0x1234n });
    expect(encodeSwap(place, 3, 0x1234n)).toBe(raw);
  });

  it('takes an entry with only A or D for empty where the erratum sets them, and not in 32 bits', () => {
    expect(decodeNotPresent(four, 0x60n)).toEqual({ kind: 'none' });
    expect(decodeNotPresent(two, 0n)).toEqual({ kind: 'none' });
    expect(decodeNotPresent(two, 0x60n).kind).toBe('swap');
    expect(decodeNotPresent(pae, 0x60n).kind).toBe('swap');
  });

  it('takes bit 8 of an upper entry that cannot be a leaf for no PROT_NONE', () => {
    expect(decodeNotPresent({ geometry: geometries['x86-64-4'], levelIndex: 0 }, 0x100n).kind).toBe('swap');
  });

  it('refuses a present entry', () => {
    expect(() => decodeNotPresent(four, 1n)).toThrow(RangeError);
  });
});
