import { CHAR_PX } from '../../layout/tree-size.ts';
import type { Holder } from './tree-holders.ts';
import type { Foot } from './tree-model.ts';

export interface FeetFor {
  readonly lines: number;
  readonly widthPx: number;
}

/** Who leads to a frame, a line for each CPU: "CR3 pgd". What has no room is counted. */
export function feetOf(holders: readonly Holder[], { lines, widthPx }: FeetFor): readonly Foot[] {
  const cpus = [...new Set(holders.map(({ cpu }) => cpu))].sort((a, b) => a - b);
  const room = Math.floor((widthPx - 28) / CHAR_PX);
  return cpus.slice(0, lines).map((cpu, line) => {
    const own = holders.filter((holder) => holder.cpu === cpu);
    const unseen = line === lines - 1 ? cpus.length - lines : 0;
    const names = [...new Set(own.map(({ name }) => name))];
    return {
      cpu,
      text: fitNames('', names, room) + (unseen > 0 ? ` +${String(unseen)} CPUs` : ''),
      stale: own.some(({ stale }) => stale),
      changed: own.some(({ changed }) => changed),
      says: own.map(({ says }) => says).join(', '),
    };
  });
}

/** The name and as many of the others as fit into so many characters; the rest as "+2". */
export function fitNames(first: string, names: readonly string[], room: number): string {
  for (let kept = names.length; kept > 0; kept--) {
    const rest = names.length - kept;
    const text = [first, ...names.slice(0, kept), ...(rest > 0 ? [`+${String(rest)}`] : [])].join(' ').trim();
    if (text.length <= room || kept === 1) return text;
  }
  return first;
}
