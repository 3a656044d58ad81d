import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCapture, upgrade } from './capture-file.ts';
import type { Upgrader } from './capture-file.ts';
import { CAPTURE_ALL, CAPTURE_PRESENT } from './capture-flags.ts';
import { decodeRuns, encodeRuns } from './capture-runs.ts';
import type { PageRun } from './capture-runs.ts';
import { derivedKb, summarise } from './image-summary.ts';
import { sampleCapture, sampleRuns, scatteredRuns } from './sample-capture.ts';
import { translate } from './translate.ts';

function decode(flat: readonly number[], withFrames: boolean): PageRun[] {
  const runs: PageRun[] = [];
  decodeRuns(flat, withFrames, (run) => runs.push(run));
  return runs;
}

/** Runs as pagemap gives them: ascending, a frame iff present (and frames are to be seen at all). */
function anyRuns(withFrames: boolean): fc.Arbitrary<PageRun[]> {
  const piece = fc.record({
    gap: fc.nat(2 ** 30),
    pages: fc.integer({ min: 1, max: 2000 }),
    pfn: fc.nat(),
    flags: fc.nat(CAPTURE_ALL),
  });
  return fc.array(piece).map((pieces) => {
    let vpn = 0;
    return pieces.map(({ gap, pages, pfn, flags }) => {
      const run = {
        vpn: vpn + gap,
        pages,
        pfn: withFrames && (flags & CAPTURE_PRESENT) !== 0 ? pfn : -1,
        flags,
      };
      vpn = run.vpn + pages;
      return run;
    });
  });
}

describe('a capture file', () => {
  it.each([true, false])('gives back the runs that were written, with frames: %s', (withFrames) => {
    fc.assert(
      fc.property(anyRuns(withFrames), (runs) => {
        expect(decode(JSON.parse(JSON.stringify(encodeRuns(runs))) as number[], withFrames)).toEqual(runs);
      }),
    );
  });

  it('opens as the tables that the process must have', () => {
    const image = readCapture(sampleCapture({ runs: sampleRuns }), 'sample');
    expect(summarise(image)).toEqual({
      levels: 4,
      tables: { PTE: 2, PMD: 2, PUD: 2, PGD: 1 },
      hugePages: 2,
      presentPages: 5 + 1 + 1024 + 3,
      vmPteKb: null,
      derivedKb: 4 * (2 + 2 + 2 + 2),
    });
    expect(translate(image)).toEqual([
      { va: '0x400000', pa: '0x1234000', pageShift: 12, n: 5, flags: 'X--??--UW', node: 0 },
      { va: '0x405000', pa: '0x100000000', pageShift: 12, n: 1, flags: 'X--??--UW', node: 1 },
      { va: '0x600000', pa: '0x8000000', pageShift: 21, n: 2, flags: 'X-P??--UW', node: 0 },
      { va: '0x7fffffff0000', pa: '0x2345000', pageShift: 12, n: 3, flags: 'X--??--UW', node: 0 },
    ]);
  });

  it('has one table more on each path at 5 levels', () => {
    const image = readCapture(sampleCapture({ runs: sampleRuns, levels: 5 }), 'sample');
    expect(summarise(image).tables).toEqual({ PTE: 2, PMD: 2, PUD: 2, P4D: 1, PGD: 1 });
    expect(derivedKb(image)).toBe(32);
  });

  it('opens without frames: the same tables, no addresses', () => {
    const image = readCapture(
      sampleCapture({ runs: sampleRuns.map((run) => ({ ...run, pfn: -1 })), pfn: false }),
      'sample',
    );
    expect(summarise(image).tables).toEqual({ PTE: 2, PMD: 2, PUD: 2, PGD: 1 });
    expect(translate(image).map(({ pa }) => pa)).toEqual([null, null, null]);
    expect(image.known).toMatchObject({ pfn: false, node: false });
  });

  it('opens hundreds of thousands of scattered pages', () => {
    const image = readCapture(sampleCapture({ runs: scatteredRuns(200_000) }), 'sample');
    expect(summarise(image).presentPages).toBe(200_000);
    expect(image.tables.length).toBeGreaterThan(400);
  });

  it('opens a process without a single page: the top table alone', () => {
    expect(readCapture(sampleCapture({ runs: [] }), 'sample').tables).toHaveLength(1);
  });
});

describe('a capture file that makes no sense is refused in words', () => {
  const file = sampleCapture({ runs: sampleRuns });
  const [vma] = file.vmas;

  it.each([
    ['a newer version', { ...file, version: 2, runs: 'other' }, 'newer version'],
    ['no version', { ...file, version: undefined }, 'does not say which version'],
    ['a version that is no number', { ...file, version: 'x' }, 'does not say which version'],
    ['runs that are no numbers', { ...file, runs: ['a', 1, 1, 1] }, 'four whole numbers'],
    ['half a run', { ...file, runs: [1, 1, 1] }, 'four whole numbers'],
    ['unknown flags', { ...file, runs: [1, 1, 1, CAPTURE_ALL + 1] }, 'four whole numbers'],
    ['a run backwards', { ...file, runs: [5, 1, 0, 1, -3, 1, 0, 1] }, 'four whole numbers'],
    ['pages in no mapping', { ...file, vmas: [] }, 'lie in no mapping'],
    ['mappings that overlap', { ...file, vmas: [vma, vma] }, 'overlap'],
    ['a huge page that is not aligned', { ...file, runs: [1, 512, 0, 257] }, 'aligned'],
    [
      'pages beyond the address space',
      { ...file, vmas: [{ ...vma, end: 'fffffffffff000' }], runs: [2 ** 36, 1, 0, 1] },
      'outside',
    ],
    ['a frame below zero', { ...file, runs: [0, 1, -5, 1] }, 'out of range'],
    ['more pages than there can be', { ...file, runs: [0, 2 ** 34, 0, 1] }, 'holds more than'],
    ['6 levels', { ...file, levels: 6 }, 'not as it should be'],
  ])('%s', (_, json, words) => {
    expect(() => readCapture(json, 'x.json')).toThrow(words);
  });
});

describe('upgrades', () => {
  const chain = {
    newest: 3,
    upgraders: new Map<number, Upgrader>([
      [1, ({ a, ...rest }) => ({ ...rest, b: a })],
      [2, (file) => ({ ...file, c: 9 })],
    ]),
  };

  it('take an old file through every version in between', () => {
    const file = { format: 'limbo-capture', version: 1, a: 5 };
    expect(upgrade(file, 'old', chain)).toEqual({ format: 'limbo-capture', version: 3, b: 5, c: 9 });
  });

  it('leave a file of the newest version as it is, and refuse a newer one', () => {
    const file = { format: 'limbo-capture', version: 3, z: 1 };
    expect(upgrade(file, 'new', chain)).toEqual(file);
    expect(() => upgrade({ ...file, version: 4 }, 'newer', chain)).toThrow('reads up to 3');
  });
});
