import type { MachineZone, Meminfo } from '../reports/machine/machine.ts';

/** Free blocks by order of each zone: lines of /proc/buddyinfo, under `node/zone`. */
export function parseBuddyinfo(text: string): ReadonlyMap<string, readonly number[]> {
  const lines = text.matchAll(/^Node +(\d+), zone +(\S+) +([\d ]+?) *$/gm);
  return new Map(
    [...lines].map(([, node = '', zone = '', counts = '']) => [
      `${node}/${zone}`,
      counts.split(/ +/).map(Number),
    ]),
  );
}

/** Pageblocks by migrate type of each zone: the last table of /proc/pagetypeinfo, under `node/zone`. */
export function parsePagetypeinfo(text: string): ReadonlyMap<string, Readonly<Record<string, number>>> {
  const [, table = ''] = text.split(/^Number of blocks type +/m);
  const [head = '', ...lines] = table.split('\n');
  const types = head.trim().split(/ +/);
  const zones = lines
    .map((line) => /^Node +(\d+), zone +(\S+) +([\d ]+?) *$/.exec(line))
    .filter((m) => m !== null);
  return new Map(
    zones.map(([, node = '', zone = '', counts = '']) => [
      `${node}/${zone}`,
      Object.fromEntries(counts.split(/ +/).map((count, i) => [types[i] ?? String(i), Number(count)])),
    ]),
  );
}

/** /proc/meminfo in KiB by name; lines without a unit (counts of huge pages) are left out. */
export function parseMeminfo(text: string): Meminfo {
  const lines = text.matchAll(/^(\S+): +(\d+) kB$/gm);
  return Object.fromEntries([...lines].map(([, name = '', kib]) => [name, Number(kib)]));
}

/** Ranges of frames that are memory: "System RAM" at the top level of /proc/iomem, whole frames only; none when addresses are hidden. */
export function parseIomem(text: string): readonly (readonly [number, number])[] {
  const lines = text.matchAll(/^([0-9a-f]+)-([0-9a-f]+) : System RAM/gm);
  return [...lines]
    .map(
      ([, start = '', end = '']) =>
        [
          Math.ceil(Number.parseInt(start, 16) / 4096),
          Math.floor((Number.parseInt(end, 16) + 1) / 4096),
        ] as const,
    )
    .filter(([start, end]) => start < end);
}

/** The zones of /proc/zoneinfo with what the other files say of them. Zones that span nothing are left out. */
export function parseZones(
  zoneinfo: string,
  buddyinfo: string,
  pagetypeinfo: string,
): readonly MachineZone[] {
  const [free, blocks] = [parseBuddyinfo(buddyinfo), parsePagetypeinfo(pagetypeinfo)];
  return zoneinfo.split(/^(?=Node )/m).flatMap((text) => {
    const [, node = '', name = ''] = /^Node (\d+), zone +(\S+)/.exec(text) ?? [];
    const number = (word: string): number =>
      Number(new RegExp(`^ +${word}:? +(\\d+)$`, 'm').exec(text)?.[1] ?? 0);
    const spanned = number('spanned');
    if (name === '' || spanned === 0) return [];
    const key = `${node}/${name}`;
    return {
      node: Number(node),
      name,
      startPfn: number('start_pfn'),
      spanned,
      managed: number('managed'),
      free: free.get(key) ?? [],
      blocks: blocks.get(key) ?? {},
    };
  });
}
