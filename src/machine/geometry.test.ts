import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geometries, lastLevel, tableBase, tableBytes, vaIndex } from './geometry.ts';

const all = Object.values(geometries);

describe('geometry', () => {
  it.each(all)('$id: levels cut the address from its top bit down to the page without a gap', (geometry) => {
    const cuts = geometry.levels.map(({ shift, indexBits }) => [shift + indexBits, shift]);
    expect(cuts[0]?.[0]).toBe(geometry.vaBits);
    expect(cuts.at(-1)?.[1]).toBe(12);
    for (let i = 1; i < cuts.length; i++) expect(cuts[i]?.[0]).toBe(cuts[i - 1]?.[1]);
  });

  it.each([
    ['x86-32', [4096, 4096]],
    ['x86-32-pae', [32, 4096, 4096]],
    ['x86-64-4', [4096, 4096, 4096, 4096]],
    ['x86-64-5', [4096, 4096, 4096, 4096, 4096]],
  ] as const)('%s: a table is one page, except the PGD of PAE', (id, bytes) => {
    const geometry = geometries[id];
    expect(geometry.levels.map((_, i) => tableBytes(geometry, i))).toEqual(bytes);
  });

  it.each([
    ['x86-32', 0xbfff_e123n, [767, 1022]],
    ['x86-32-pae', 0xb7fe_6000n, [2, 447, 486]],
    ['x86-64-4', 0x7fff_f7fe_5000n, [255, 511, 447, 485]],
    ['x86-64-5', 0xab_cdef_0123_4567n, [171, 411, 444, 9, 52]],
  ] as const)('%s: indices of one address as worked out by hand', (id, va, indices) => {
    const geometry = geometries[id];
    expect(geometry.levels.map((_, i) => vaIndex(geometry, i, va))).toEqual(indices);
  });

  it('joins the indices back to the address that they were cut from', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.bigInt(0n, (1n << 57n) - 1n), (geometry, wide) => {
        const va = wide & ((1n << BigInt(geometry.vaBits)) - 1n);
        const joined = geometry.levels.reduce(
          (sum, { shift }, i) => sum | (BigInt(vaIndex(geometry, i, va)) << BigInt(shift)),
          va & 0xfffn,
        );
        expect(joined).toBe(va);
        expect(tableBase(geometry, lastLevel(geometry), va) <= va).toBe(true);
        expect(tableBase(geometry, 0, va)).toBe(0n);
      }),
    );
  });
});
