import type { ImageVma } from './process-image.ts';

/** The mapping that holds the page at a virtual page number, or null. */
export type VmaOfVpn = (vpn: number) => ImageVma | null;

/** Prepares a look-up over mappings that do not overlap. Virtual page numbers fit a double: they are below 2^52. */
export function vmaLookup(vmas: readonly ImageVma[]): VmaOfVpn {
  const sorted = vmas.toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const starts = Float64Array.from(sorted, ({ start }) => Number(start >> 12n));
  const ends = Float64Array.from(sorted, ({ end }) => Number(end >> 12n));
  return (vpn) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? Infinity) <= vpn) low = middle + 1;
      else high = middle;
    }
    return vpn < (ends[low - 1] ?? -1) ? (sorted[low - 1] ?? null) : null;
  };
}
