import { describe, expect, it } from 'vitest';
import { nodeLookup, nodesOverlap } from './node-ranges.ts';
import { parseMapsLine, vmaKind } from './proc-maps.ts';
import { onlyNode, parseNumaLine } from './proc-numa-maps.ts';
import { parseMaps, parseSmaps } from './proc-smaps.ts';
import { findLevels, parseStatus } from './proc-status.ts';
import { parseZoneinfo } from './proc-zoneinfo.ts';

describe('/proc/PID/maps', () => {
  it.each([
    ['7f0000000000-7f0000001000 rw-p 00000000 00:00 0 ', 'anon'],
    [
      '7f0000000000-7f0000001000 rw-s 00000000 00:01 1024                       /dev/zero (deleted)',
      'shared',
    ],
    [
      '7f0000000000-7f0000001000 rw-s 00000000 00:01 3                          /SYSV00000000 (deleted)',
      'shared',
    ],
    ['7f0000000000-7f0000001000 rw-p 00000000 00:00 0                          [anon_shmem:x]', 'shared'],
    [
      '00400000-00401000 r-xp 00001000 08:01 5                                  /bin/a name  with spaces',
      'file',
    ],
    ['00400000-00401000 rw-p 00000000 00:00 0                                  [heap]', 'heap'],
    ['7ffe00000000-7ffe00001000 rw-p 00000000 00:00 0                          [stack]', 'stack'],
    ['7ffe00000000-7ffe00001000 r-xp 00000000 00:00 0                          [vdso]', 'vdso'],
    ['7ffe00000000-7ffe00001000 r--p 00000000 00:00 0                          [vvar_vclock]', 'vvar'],
    ['40000000-40400000 rw-p 00000000 00:0e 238        /anon_hugepage (deleted)', 'hugetlb'],
  ])('%s', (text, kind) => {
    const line = parseMapsLine(text);
    expect(line === null ? null : vmaKind(line)).toBe(kind);
  });

  it('reads addresses, permissions, offset and the whole name', () => {
    expect(parseMapsLine('00400000-00401000 r-xp 00001000 fd:1a 5      /bin/a  b')).toEqual({
      start: 0x400000n,
      end: 0x401000n,
      perms: 'r-xp',
      offset: 0x1000n,
      device: 'fd:1a',
      inode: 5,
      name: '/bin/a  b',
    });
  });

  it('takes a mapping with the pf flag for a device', () => {
    const line = parseMapsLine('7f0000000000-7f0000001000 rw-s 00000000 00:05 77 /dev/nvidia0');
    expect(line === null ? null : vmaKind(line, ['rd', 'pf', 'io'])).toBe('device');
  });

  it.each(['', 'Rss: 4 kB', 'VmFlags: rd', 'zz-00 rw-p 0 0:0 0'])('refuses %j', (text) => {
    expect(parseMapsLine(text)).toBeNull();
  });
});

describe('/proc/PID/smaps', () => {
  const text = `00400000-00600000 rw-p 00000000 00:00 0                          [heap]
KernelPageSize:     2048 kB
Rss:                 100 kB
AnonHugePages:      4096 kB
ShmemPmdMapped:       10 kB
FilePmdMapped:        20 kB
Shared_Hugetlb:     2048 kB
Private_Hugetlb:    4096 kB
Swap:                 12 kB
THPeligible:           0
VmFlags: rd wr ht
7f0000000000-7f0000001000 r--p 00000000 00:00 0
Rss:                   4 kB
`;

  it('reads the counts of each mapping, and takes those that an old kernel lacks for 0', () => {
    const [first, second] = parseSmaps(text);
    expect(first).toMatchObject({
      rssKb: 100,
      swapKb: 12,
      anonHugeKb: 4096,
      shmemHugeKb: 10,
      fileHugeKb: 20,
      hugetlbKb: 6144,
      kernelPageKb: 2048,
      flags: ['rd', 'wr', 'ht'],
    });
    expect(second).toMatchObject({ rssKb: 4, anonHugeKb: 0, kernelPageKb: 4, flags: [] });
  });

  it('reads maps in the same form', () => {
    expect(parseMaps('00400000-00600000 rw-p 00000000 00:00 0 [heap]\n')).toHaveLength(1);
  });
});

describe('/proc/PID/numa_maps', () => {
  it.each([
    {
      text: '00400000 default file=/init dirty=1 N1=1 kernelpagesize_kB=4',
      policy: 'default',
      node: 1,
      huge: false,
    },
    {
      text: '50000000 bind:0 anon=4 dirty=4 N0=2 N1=2 kernelpagesize_kB=4',
      policy: 'bind:0',
      node: null,
      huge: false,
    },
    {
      text: '50000000 prefer (many):0-1 anon=4 N0=4 kernelpagesize_kB=4',
      policy: 'prefer (many):0-1',
      node: 0,
      huge: false,
    },
    {
      text: '40000000 default file=/anon_hugepage\\040(deleted) huge anon=1 dirty=1 N0=1 kernelpagesize_kB=2048',
      policy: 'default',
      node: 0,
      huge: true,
    },
    { text: '7ffff7ff9000 default', policy: 'default', node: null, huge: false },
  ])('$text', ({ text, policy, node, huge }) => {
    const line = parseNumaLine(text);
    expect(line).toMatchObject({ policy, huge });
    expect(line === null ? null : onlyNode(line)).toBe(node);
  });
});

describe('nodes of frames', () => {
  const zoneinfo = `Node 0, zone      DMA
  pages free     3840
        spanned  4095
        present  3998
  start_pfn:           1
Node 0, zone    DMA32
        spanned  258048
  start_pfn:           4096
Node 0, zone  Movable
        spanned  0
  start_pfn:           0
Node 1, zone   Normal
        spanned  1000
  start_pfn:           300000
`;

  it('joins the zones of a node, and leaves out empty ones', () => {
    expect(parseZoneinfo(zoneinfo)).toEqual([
      { id: 0, ranges: [{ startPfn: 1, endPfn: 262144 }] },
      { id: 1, ranges: [{ startPfn: 300000, endPfn: 301000 }] },
    ]);
  });

  it('finds the node of a frame, and none outside of all', () => {
    const nodeOf = nodeLookup(parseZoneinfo(zoneinfo));
    expect([0, 1, 262143, 262144, 299999, 300000, 300999, 301000, -1].map(nodeOf)).toEqual([
      null,
      0,
      0,
      null,
      null,
      1,
      1,
      null,
      null,
    ]);
  });

  it('notices nodes whose zones lie across each other', () => {
    expect(nodesOverlap(parseZoneinfo(zoneinfo))).toBe(false);
    expect(nodesOverlap(parseZoneinfo(zoneinfo.replace('300000', '262143')))).toBe(true);
  });
});

describe('status and levels', () => {
  it('reads the name, VmPTE and state; a kernel thread has no VmPTE', () => {
    const text = 'Name:\tmy proc\nState:\tS (sleeping)\nVmPTE:\t      88 kB\n';
    expect(parseStatus(text)).toEqual({ comm: 'my proc', vmPteKb: 88, state: 'S' });
    expect(parseStatus('Name:\tkthreadd\n').vmPteKb).toBeNull();
  });

  it.each([
    { what: 'no la57', cpuinfo: 'flags\t\t: fpu lm', cmdline: '', highest: 0n, levels: 4 },
    { what: 'la57', cpuinfo: 'flags\t\t: fpu la57 lm', cmdline: '', highest: 0n, levels: 5 },
    {
      what: 'la57, but booted with four levels',
      cpuinfo: 'flags\t\t: fpu la57 lm',
      cmdline: 'quiet no5lvl',
      highest: 0n,
      levels: 4,
    },
    {
      what: 'an address above 128 TiB',
      cpuinfo: 'flags\t\t: fpu',
      cmdline: 'no5lvl',
      highest: (1n << 47n) + 4096n,
      levels: 5,
    },
    { what: 'a bug list that names it', cpuinfo: 'bugs\t\t: la57', cmdline: '', highest: 0n, levels: 4 },
  ])('levels: $what', ({ cpuinfo, cmdline, highest, levels }) => {
    expect(findLevels(cpuinfo, cmdline, highest).levels).toBe(levels);
  });
});
