import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geometries } from '../machine/geometry.ts';
import type { Geometry, GeometryId } from '../machine/geometry.ts';
import * as flag from './image-flags.ts';
import { derivedKb, summarise, tableCounts } from './image-summary.ts';
import { referenceTranslations } from './reference-walk.ts';
import { makeGuest, sampleGuest } from './sample-guest.ts';
import type { GuestEntry, GuestFile } from './sample-guest.ts';
import { translate } from './translate.ts';
import { readTruth } from './truth-file.ts';

const ids = Object.keys(geometries) as GeometryId[];
const truthFolder = fileURLToPath(new URL('../../../shared/truth/', import.meta.url));
const truthFiles = existsSync(truthFolder)
  ? readdirSync(truthFolder).filter((file) => file.endsWith('.json'))
  : [];

/** A leaf anywhere in the user half, at any level that maps pages, with any other bits. */
function anyLeaf(geometry: Geometry): fc.Arbitrary<GuestEntry> {
  const levels = geometry.levels.flatMap(({ hugeLeaf, name }, i) => (hugeLeaf || name === 'PTE' ? [i] : []));
  const near = fc.bigInt(0n, 0x400n).map((page) => page << 12n);
  const far = fc.bigInt(0n, geometry.userVaEnd - 1n);
  return fc.record({
    va: fc.oneof(near, far),
    levelIndex: fc.constantFrom(...levels),
    raw: fc.bigInt(0n, (1n << BigInt(geometry.entryBytes * 8)) - 1n).map((raw) => raw | 0x81n),
  });
}

function anyGuest(geometry: Geometry): fc.Arbitrary<GuestFile> {
  const places = {
    topPa: fc.nat(2 ** 20).map((n) => BigInt(n) * 32n),
    tablesPa: fc.constant(0x4_0000_0000n),
  };
  return fc.record({ entries: fc.array(anyLeaf(geometry), { maxLength: 40 }), ...places }).map((plan) => {
    const align = geometry.id === 'x86-32-pae' ? 32n : 4096n;
    const tablesPa = geometry.id === 'x86-32' ? 0x8000_0000n : plan.tablesPa;
    return makeGuest({ ...plan, geometry, tablesPa, topPa: plan.topPa - (plan.topPa % align) });
  });
}

describe.each(ids)('a guest of %s', (id) => {
  const file = sampleGuest(id);
  const image = readTruth(file, 'sample');

  it('translates as the second, independent walker says', () => {
    expect(translate(image)).toEqual(referenceTranslations(file));
    expect(translate(image).length).toBeGreaterThan(4);
  });

  it('translates as the second walker says, whatever its leaves are', () => {
    fc.assert(
      fc.property(anyGuest(geometries[id]), (guest) => {
        expect(translate(readTruth(guest, 'any'))).toEqual(referenceTranslations(guest));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps tables where they are: frames, nodes, raw entries', () => {
    expect(image.geometry.id).toBe(id);
    expect(image.tables).toHaveLength(Object.keys(file.userTables).length);
    for (const { pa, node, level, vaBase, index, raw } of image.tables) {
      const source = file.userTables[`0x${(pa ?? 0).toString(16)}`];
      expect([source?.level, source?.vaBase, source?.node]).toEqual([
        image.geometry.levels[level]?.name,
        `0x${vaBase.toString(16)}`,
        node,
      ]);
      const pairs = [...index].map((slot, i) => [String(slot), `0x${(raw?.[i] ?? 0n).toString(16)}`]);
      expect(Object.fromEntries(pairs)).toEqual(source?.entries);
    }
  });

  it('lists parents before their children, each with the way to it', () => {
    image.tables.forEach(({ parent, parentIndex, level }, number) => {
      if (number === 0) {
        expect([parent, parentIndex]).toEqual([-1, -1]);
        return;
      }
      expect(parent).toBeLessThan(number);
      const above = image.tables[parent];
      expect(above?.level).toBe(level - 1);
      expect(above?.target[above.index.indexOf(parentIndex)]).toBe(number);
    });
  });

  it('finds the frame of the PROT_NONE page, and no frame for the swapped one', () => {
    const table = image.tables.find(({ flags }) => flags.some((bits) => (bits & flag.IMAGE_NONE) !== 0));
    const at = table?.flags.findIndex((bits) => (bits & flag.IMAGE_NONE) !== 0) ?? -1;
    expect(table?.target[at]).toBe(0x3fe15);
    expect(table?.target[at + 1]).toBe(-1);
    expect((table?.flags[at + 1] ?? 0) & (flag.IMAGE_P | flag.IMAGE_SWAP | flag.IMAGE_NONE)).toBe(
      flag.IMAGE_SWAP,
    );
  });
});

describe('what a truth file may leave out or write in another way', () => {
  const file = sampleGuest('x86-64-4');
  const expected = translate(readTruth(file, 'sample'));

  it('tells the geometry from registers, or from the names of its tables', () => {
    for (const id of ids) {
      const { levels: _, ...rest } = sampleGuest(id);
      const { regs: __, ...bare } = rest;
      expect(readTruth(rest, 'no levels').geometry.id).toBe(id);
      expect(readTruth(bare, 'no registers').geometry.id).toBe(id);
    }
  });

  it('reads decimal numbers, numbers not in strings, and levels by number', () => {
    const userTables = Object.fromEntries(
      Object.entries(file.userTables).map(([pa, table]) => [
        BigInt(pa).toString(),
        {
          level: file.levels.indexOf(table.level),
          entries: Object.fromEntries(
            Object.entries(table.entries).map(([i, raw]) => [i, BigInt(raw).toString()]),
          ),
        },
      ]),
    );
    const nodes = file.nodes.map(({ id, base, size }) => ({ id, base: Number(base), size: Number(size) }));
    expect(translate(readTruth({ ...file, userTables, nodes }, 'decimal'))).toEqual(expected);
  });

  it('opens with tables and format alone, and says what is missing', () => {
    const image = readTruth({ format: file.format, userTables: file.userTables }, 'bare');
    expect(translate(image)).toEqual(expected.map(({ node: _, ...run }) => run));
    expect(image.facts.missing).toHaveLength(3);
    expect(image.known.node).toBe(false);
  });

  it('reads null as nothing, and a node in pieces', () => {
    const nodes = ['0x0', '0x40000000'].map((base) => ({ id: 0, base, size: '0x40000000' }));
    const nothing = { maps: null, numa_maps: null, regs: null, process: null, vmPTEkB: null, mode: null };
    const image = readTruth({ ...file, ...nothing, nodes }, 'nulls');
    expect(image.nodes).toEqual([{ id: 0, ranges: [{ startPfn: 0, endPfn: 0x80000 }] }]);
    expect(translate(image).map(({ va }) => va)).toEqual(expected.map(({ va }) => va));
  });

  it('ignores bit 7 of a directory entry while CR4.PSE is off', () => {
    const guest = makeGuest({
      geometry: geometries['x86-32'],
      entries: [{ va: 0n, levelIndex: 1, raw: 0x5067n }],
      topPa: 0x1000n,
      tablesPa: 0x2000n,
    });
    const directory = { ...guest.userTables['0x1000'], entries: { 0: '0x20e7' } };
    const userTables = { ...guest.userTables, '0x1000': directory };
    const pages = (cr4: string) =>
      translate(readTruth({ ...guest, regs: { CR4: cr4 }, userTables }, 'pse')).map(
        ({ pageShift }) => pageShift,
      );
    expect(pages('0x0')).toEqual([12]);
    expect(pages('0x10')).toEqual([22]);
  });

  it('shows a table that two entries share once, and walks it for both', () => {
    const top = Object.keys(file.userTables)[0] ?? '';
    const table = file.userTables[top];
    const shared = { ...table, entries: { ...table?.entries, 7: table?.entries[0] } };
    const image = readTruth({ ...file, userTables: { ...file.userTables, [top]: shared } }, 'shared');
    expect(image.tables).toHaveLength(Object.keys(file.userTables).length);
    const twice = translate(image).filter(({ va }) => va === '0x400000' || va === '0x38000400000');
    expect(twice.map(({ pa }) => pa)).toEqual(['0x1234000', '0x1234000']);
  });

  it('takes a table that is not in the file for empty, and says so', () => {
    const [top = '', ...others] = Object.keys(file.userTables);
    const userTables = { [top]: file.userTables[top] };
    const image = readTruth({ ...file, userTables }, 'cut');
    expect(others.length).toBeGreaterThan(2);
    expect(translate(image)).toEqual([]);
    expect(image.facts.missing.join(' ')).toContain('not in the file');
  });

  it('counts a deposited table behind a huge page of anonymous memory, none behind hugetlb or a file', () => {
    const maps = [
      '40000000-40200000 rw-p 00000000 00:00 0 ',
      '40200000-40400000 rw-p 00000000 00:0f 9 /anon_hugepage (deleted)',
    ];
    const image = readTruth({ ...file, maps }, 'maps');
    expect(image.vmas.map(({ kind }) => kind)).toEqual(['anon', 'hugetlb']);
    expect(derivedKb(image)).toBe(file.vmPTEkB + 4);
  });
});

describe('a truth file that makes no sense is refused in words', () => {
  const file = sampleGuest('x86-64-4');
  const [top = ''] = Object.keys(file.userTables);
  const table = file.userTables[top];
  const withTop = (change: object): unknown => ({
    ...file,
    userTables: { ...file.userTables, [top]: { ...table, ...change } },
  });

  it.each([
    ['an index out of range', withTop({ entries: { 512: '0x1067' } }), 'entries are 0 to 511'],
    ['an index that is no number', withTop({ entries: { __proto__x: '0x1067' } }), '0 to 511'],
    ['an entry that is no number', withTop({ entries: { 0: 'zzz' } }), 'not as it should be'],
    [
      'a table at two levels',
      withTop({ entries: { 0: `0x${(BigInt(top) | 0x67n).toString(16)}` } }),
      'is damaged',
    ],
    ['no top', { ...file, regs: {}, userTables: {} }, 'no PGD'],
    ['an address that is no number', { ...file, userTables: { here: table } }, 'physical address'],
    ['six levels', { ...file, levels: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'no x86 paging mode'],
    ['a newer version', { ...file, format: 'ptlab-truth-2', userTables: 7 }, 'newer version'],
    ['no tables', { format: file.format }, 'not as it should be'],
  ])('%s', (_, json, words) => {
    expect(() => readTruth(json, 'guest.json')).toThrow(words);
  });
});

describe.skipIf(truthFiles.length === 0)('real guests in ../shared/truth', () => {
  it.each(truthFiles)("%s: translations and table counts are the file's own", (name) => {
    const json = JSON.parse(readFileSync(`${truthFolder}${name}`, 'utf8')) as Record<string, unknown>;
    const image = readTruth(json, name);
    expect(JSON.stringify(translate(image))).toBe(JSON.stringify(json['translations']));
    expect(tableCounts(image)).toEqual(json['tableCount']);
    const { derivedKb: derived, vmPteKb } = summarise(image);
    expect(derived).toBe(vmPteKb);
    expect(image.facts.missing).toEqual([]);
  });
});
