import { describe, expect, it } from 'vitest';
import type { Machine } from '../reports/machine/machine.ts';
import { FileError } from './file-error.ts';
import { encodeMachine, type MachineFile } from './machine-file.ts';
import { openFile, openMachine } from './open-file.ts';
import { parseBuddyinfo, parseIomem, parseMeminfo, parsePagetypeinfo, parseZones } from './proc-machine.ts';

const machine: Machine = {
  name: 'small',
  kernel: 'Linux 6.18',
  frames: 70_001,
  zones: [
    { node: 0, name: 'DMA', startPfn: 1, spanned: 4095, managed: 3840, free: [0, 2], blocks: { Movable: 7 } },
  ],
  ram: [[1, 159]],
  words: [
    { low: 0x400, high: 0, mapped: 0 },
    { low: 0xffffffff, high: 0x1f, mapped: 2 },
  ],
  lengths: Uint32Array.of(1, 69_000, 1000),
  wordOf: Uint16Array.of(1, 0, 1),
  meminfo: { PageTables: 12 },
  meminfoLater: { PageTables: 16 },
  freeLater: 4,
  missing: ['one thing'],
};
const bytesOf = (file: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(file));

function refusal(file: unknown): string {
  try {
    openMachine(bytesOf(file), 'it');
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
  return 'opened';
}

describe('a machine file', () => {
  const file: MachineFile = encodeMachine(machine);

  it('comes back as it was', () => {
    expect(openMachine(bytesOf(file), 'it')).toEqual(machine);
  });

  it('is refused in words when it is damaged, newer, or something else', () => {
    expect(refusal({ ...file, frames: 70_000 })).toContain('its runs hold 70001 frames');
    expect(refusal({ ...file, runBytes: 3 })).toContain('damaged');
    expect(refusal({ ...file, runs: 'AAAA' })).toContain('damaged');
    expect(refusal({ ...file, words: [['400', 0]] })).toContain('flags that it does not list');
    expect(refusal({ ...file, version: 2 })).toContain('newer version');
    expect(refusal({ ...file, zones: 3 })).toContain('zones is not as it should be');
    expect(refusal({ ...file, frames: 2 ** 40 })).toContain('frames is not as it should be');
    expect(refusal({ format: 'limbo-capture' })).toContain('capture -- --machine');
    expect(() => openFile(bytesOf(file), 'it')).toThrow(FileError);
  });
});

describe('what /proc says of a machine', () => {
  const buddyinfo =
    'Node 0, zone      DMA      0      1      2 \nNode 1, zone   Normal    919   1670   6097 \n';
  const pagetypeinfo = `Page block order: 9

Number of blocks type     Unmovable      Movable 
Node 0, zone      DMA            1            7 
`;
  const zoneinfo = `Node 0, zone      DMA
        spanned  4095
        present  3998
        managed  3840
  start_pfn:           1
Node 0, zone  Movable
        spanned  0
`;

  it('is read zone by zone; zones of nothing are left out', () => {
    expect(parseZones(zoneinfo, buddyinfo, pagetypeinfo)).toEqual([
      {
        node: 0,
        name: 'DMA',
        startPfn: 1,
        spanned: 4095,
        managed: 3840,
        free: [0, 1, 2],
        blocks: { Unmovable: 1, Movable: 7 },
      },
    ]);
    expect(parseBuddyinfo(buddyinfo).get('1/Normal')).toEqual([919, 1670, 6097]);
    expect(parsePagetypeinfo('').size).toBe(0);
  });

  it('is read as totals and ranges', () => {
    expect(parseMeminfo('MemFree:    23 kB\nHugePages_Total:       0\n')).toEqual({ MemFree: 23 });
    expect(
      parseIomem(
        '00001000-0009fbff : System RAM\n  00002000-00002fff : Kernel code\n00100000-bfffffff : System RAM\n',
      ),
    ).toEqual([
      [1, 0x9f],
      [0x100, 0xc0000],
    ]);
    expect(parseIomem('00000000-00000000 : System RAM\n')).toEqual([]);
  });
});
