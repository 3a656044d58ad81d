/** One line of /proc/PID/numa_maps. */
export interface NumaLine {
  /** First address of the mapping, in bytes. */
  readonly start: bigint;
  /** The memory policy in the kernel's words: default, bind:0, prefer:1, interleave:0-1, … */
  readonly policy: string;
  /** Pages (of the mapping's own size) on each node: [node, pages]. */
  readonly nodePages: readonly (readonly [number, number])[];
  readonly huge: boolean;
}

const line = /^([0-9a-f]{1,16}) (prefer \(many\)\S*|\S+)(.*)$/;
const nodeWord = /^N(\d{1,5})=(\d{1,15})$/;

/** Parses one line; null when it is none of numa_maps. Documentation/filesystems/proc.rst, Linux 6.18. */
export function parseNumaLine(text: string): NumaLine | null {
  const match = line.exec(text);
  if (match === null) return null;
  const [, start = '', policy = '', rest = ''] = match;
  const words = rest.split(' ');
  const nodePages = words.flatMap((word) => {
    const pair = nodeWord.exec(word);
    return pair === null ? [] : [[Number(pair[1]), Number(pair[2])] as const];
  });
  return { start: BigInt(`0x${start}`), policy, nodePages, huge: words.includes('huge') };
}

/** The node that holds all pages of the mapping, or null when there are none or several. */
export function onlyNode({ nodePages }: NumaLine): number | null {
  return nodePages.length === 1 ? (nodePages[0]?.[0] ?? null) : null;
}
