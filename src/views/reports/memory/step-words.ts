import type { Step } from '../../../reports/memory/recording.ts';

const pfn = (frame: number): string => frame.toLocaleString('en');

/** What a step of a recording did, in words. */
export function stepWords({ op, frame, to }: Step): string {
  switch (op) {
    case 'allocate':
      return `a fault takes frame ${pfn(frame)}`;
    case 'free':
      return `frame ${pfn(frame)} is freed`;
    case 'move':
      return `the page in frame ${pfn(frame)} moves to frame ${pfn(to)}`;
    case 'relocate':
      return `the page table in frame ${pfn(frame)} is relocated to frame ${pfn(to)}; the old one is in limbo`;
    case 'flush':
      return 'one flush for all tables in limbo: their old frames are free';
    case 'isolate':
      return `frames ${pfn(frame)} to ${pfn(to - 1)} are isolated: nothing new is put there`;
    case 'refuse':
      return frame < 0
        ? 'no free block is large enough: the huge page is refused'
        : 'some frames are still in use: the removal is refused, and the range stays in use';
    case 'offline':
      return `frames ${pfn(frame)} to ${pfn(to - 1)} are offline`;
    case 'online':
      return `frames ${pfn(frame)} to ${pfn(to - 1)} are online`;
    case 'map-huge':
      return `the huge page is mapped at frame ${pfn(frame)}`;
  }
}
