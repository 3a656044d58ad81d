import type { MapKind } from '../../reports/memory/map-kinds.ts';

/** How a kind of frame is shown: a letter for near, a word, and what it means. Its colour is in frame-map.css. */
export interface MapLook {
  readonly letter: string;
  readonly word: string;
  readonly meaning: string;
}

export const MAP_LOOKS: Readonly<Record<MapKind, MapLook>> = {
  free: { letter: '·', word: 'free', meaning: 'nobody uses it' },
  anonymous: { letter: 'A', word: 'anonymous', meaning: 'memory of a process; it can move' },
  file: { letter: 'F', word: 'file', meaning: 'a page of a file; it can move, or be dropped' },
  table: {
    letter: 'T',
    word: 'page table',
    meaning: 'a page table; it moves only where the kernel can relocate it',
  },
  limbo: { letter: 'L', word: 'limbo', meaning: 'an old table, replaced, until the next flush' },
  kernel: { letter: 'K', word: 'kernel', meaning: 'the kernel’s own, cannot move' },
  huge: { letter: 'H', word: 'huge page', meaning: 'part of the huge page that was asked for' },
  offline: { letter: '×', word: 'offline', meaning: 'taken out of use' },
  slab: { letter: 'S', word: 'slab', meaning: 'small objects of the kernel, cannot move' },
  hugetlb: { letter: 'h', word: 'hugetlbfs', meaning: 'huge pages set aside for programs' },
  reserved: { letter: 'R', word: 'reserved', meaning: 'set aside at boot' },
  unflagged: {
    letter: '?',
    word: 'no flag',
    meaning: 'kernel memory that says nothing of itself, or not in use yet',
  },
  absent: { letter: ' ', word: 'no memory', meaning: 'a hole in the numbers of frames' },
};
