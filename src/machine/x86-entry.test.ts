import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geometries } from './geometry.ts';
import type { GeometryId } from './geometry.ts';
import { decodeEntry, encodeEntry, entryRole } from './x86-entry.ts';
import { entryFormat } from './x86-format.ts';
import type { EntryBit, EntryRole } from './x86-format.ts';

/** One line a kind of entry, as the SDM's tables draw it: bit number and letter; then the address bits, low to high. */
const sdm: readonly (readonly [GeometryId, number, EntryRole, string, readonly [number, number]])[] = [
  ['x86-32', 0, 'table', '0P 1W 2U 3T 4C 5A', [12, 31]],
  ['x86-32', 0, 'leaf', '0P 1W 2U 3T 4C 5A 6D 7L 8G 12K', [22, 31]],
  ['x86-32', 1, 'leaf', '0P 1W 2U 3T 4C 5A 6D 7K 8G', [12, 31]],
  ['x86-32-pae', 0, 'table', '0P 3T 4C', [12, 51]],
  ['x86-32-pae', 1, 'table', '0P 1W 2U 3T 4C 5A 63X', [12, 51]],
  ['x86-32-pae', 1, 'leaf', '0P 1W 2U 3T 4C 5A 6D 7L 8G 12K 63X', [21, 51]],
  ['x86-32-pae', 2, 'leaf', '0P 1W 2U 3T 4C 5A 6D 7K 8G 63X', [12, 51]],
  ['x86-64-4', 0, 'table', '0P 1W 2U 3T 4C 5A 63X', [12, 51]],
  ['x86-64-4', 1, 'table', '0P 1W 2U 3T 4C 5A 63X', [12, 51]],
  ['x86-64-4', 1, 'leaf', '0P 1W 2U 3T 4C 5A 6D 7L 8G 12K 63X', [30, 51]],
  ['x86-64-4', 2, 'table', '0P 1W 2U 3T 4C 5A 63X', [12, 51]],
  ['x86-64-4', 2, 'leaf', '0P 1W 2U 3T 4C 5A 6D 7L 8G 12K 63X', [21, 51]],
  ['x86-64-4', 3, 'leaf', '0P 1W 2U 3T 4C 5A 6D 7K 8G 63X', [12, 51]],
  ['x86-64-5', 0, 'table', '0P 1W 2U 3T 4C 5A 63X', [12, 51]],
  ['x86-64-5', 1, 'table', '0P 1W 2U 3T 4C 5A 63X', [12, 51]],
  ['x86-64-5', 2, 'table', '0P 1W 2U 3T 4C 5A 63X', [12, 51]],
  ['x86-64-5', 2, 'leaf', '0P 1W 2U 3T 4C 5A 6D 7L 8G 12K 63X', [30, 51]],
  ['x86-64-5', 3, 'leaf', '0P 1W 2U 3T 4C 5A 6D 7L 8G 12K 63X', [21, 51]],
  ['x86-64-5', 4, 'leaf', '0P 1W 2U 3T 4C 5A 6D 7K 8G 63X', [12, 51]],
];

const letters: Readonly<Record<string, EntryBit>> = {
  P: 'present',
  W: 'writable',
  U: 'user',
  T: 'writeThrough',
  C: 'cacheDisable',
  A: 'accessed',
  D: 'dirty',
  L: 'large',
  K: 'pat',
  G: 'global',
  X: 'noExecute',
};

function parse(drawn: string): Map<number, EntryBit> {
  return new Map(
    drawn.split(' ').map((word) => {
      const name = letters[word.slice(-1)];
      if (name === undefined) throw new Error(word);
      return [parseInt(word, 10), name];
    }),
  );
}

function isLarge(id: GeometryId, levelIndex: number, role: EntryRole): boolean {
  return role === 'leaf' && levelIndex < geometries[id].levels.length - 1;
}

describe.each(sdm)('%s level %i, %s', (id, levelIndex, role, drawn, [low, high]) => {
  const geometry = geometries[id];
  const place = { geometry, levelIndex };
  const bits = parse(drawn);
  const base = isLarge(id, levelIndex, role) ? 0x80n : 0n;
  const blank = decodeEntry(place, base);

  it('reads each bit that the SDM names, and no other bit changes a flag', () => {
    for (let bit = 0; bit < geometry.entryBytes * 8; bit++) {
      if (bit === 7 && geometry.levels[levelIndex]?.hugeLeaf === true) continue;
      const entry = decodeEntry(place, base | (1n << BigInt(bit)));
      const name = bits.get(bit);
      const changed = Object.values(letters).filter((key) => entry[key] !== blank[key]);
      expect([bit, changed]).toEqual([bit, name === undefined ? [] : [name]]);
    }
  });

  it('reads the frame from the address bits, and from no other', () => {
    for (let bit = 0; bit < geometry.entryBytes * 8; bit++) {
      if (id === 'x86-32' && base !== 0n && bit >= 13 && bit <= 20) continue;
      const { pfn } = decodeEntry(place, base ^ (1n << BigInt(bit)));
      expect([bit, pfn]).toEqual([bit, bit >= low && bit <= high ? 2 ** (bit - 12) : 0]);
    }
  });

  it('encodes what it decodes', () => {
    const width = BigInt(geometry.entryBytes * 8);
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << width) - 1n), (word) => {
        const raw =
          base === 0n && geometry.levels[levelIndex]?.hugeLeaf === true ? word & ~0x80n : word | base;
        const entry = decodeEntry(place, raw);
        expect(entry.role).toBe(role);
        expect(decodeEntry(place, encodeEntry(place, entry))).toEqual(entry);
      }),
    );
  });
});

describe('address bits with a rule of their own', () => {
  const directory = { geometry: geometries['x86-32'], levelIndex: 0 };

  it('takes physical bits 39:32 of a 4 MiB page from entry bits 20:13 (PSE-36)', () => {
    const entry = decodeEntry(directory, 0xffc0_0000n | (0xa5n << 13n) | 0xe7n);
    expect(entry.pfn).toBe(0xa5_ffc0_0000 / 4096);
    expect(encodeEntry(directory, entry)).toBe(0xffc0_0000n | (0xa5n << 13n) | 0xe7n);
  });

  it('ignores bit 7 of a directory entry while CR4.PSE is off', () => {
    expect(entryRole({ ...directory, largePages: false }, 0x1234_50e7n)).toBe('table');
    expect(entryRole({ geometry: geometries['x86-32-pae'], levelIndex: 1, largePages: false }, 0xe7n)).toBe(
      'leaf',
    );
  });

  it('refuses a frame that the entry cannot hold', () => {
    const pte = decodeEntry({ geometry: geometries['x86-32'], levelIndex: 1 }, 0x67n);
    expect(() =>
      encodeEntry({ geometry: geometries['x86-32'], levelIndex: 1 }, { ...pte, pfn: 2 ** 20 }),
    ).toThrow(RangeError);
    const large = decodeEntry({ geometry: geometries['x86-64-4'], levelIndex: 2 }, 0xe7n);
    expect(() =>
      encodeEntry({ geometry: geometries['x86-64-4'], levelIndex: 2 }, { ...large, pfn: 1 }),
    ).toThrow(RangeError);
  });

  it('grants in a PDPTE of PAE what it has no bits for, and sees no A in it though an emulator sets bit 5', () => {
    const entry = decodeEntry({ geometry: geometries['x86-32-pae'], levelIndex: 0 }, 0x2e3_2021n);
    expect(entry).toMatchObject({ role: 'table', pfn: 0x2e32, writable: true, user: true, accessed: false });
  });

  it('reads the protection key of a leaf in bits 62:59', () => {
    expect(
      decodeEntry({ geometry: geometries['x86-64-5'], levelIndex: 4 }, (9n << 59n) | 1n).protectionKey,
    ).toBe(9);
  });

  it('has no leaf in the PGD of 64-bit or PAE, and no table in a PTE', () => {
    expect(() => entryFormat(geometries['x86-64-4'], 0, 'leaf')).toThrow(RangeError);
    expect(() => entryFormat(geometries['x86-32-pae'], 0, 'leaf')).toThrow(RangeError);
    expect(() => entryFormat(geometries['x86-32'], 1, 'table')).toThrow(RangeError);
    expect(() => entryFormat(geometries['x86-64-5'], 5, 'leaf')).toThrow(RangeError);
  });
});
