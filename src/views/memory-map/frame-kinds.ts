import type { FrameKind } from '../../machine/world.ts';

/** How a kind of frame is shown wherever a frame is: a sign and a word beside the colour. */
export interface KindLook {
  readonly sign: string;
  readonly word: string;
  /** What the kind means, in one phrase. */
  readonly meaning: string;
}

export const KIND_LOOKS: Readonly<Record<FrameKind, KindLook>> = {
  free: { sign: '·', word: 'free', meaning: 'nobody uses it' },
  new: { sign: '+', word: 'new', meaning: 'allocated, not yet part of a tree' },
  table: { sign: '▦', word: 'table', meaning: 'a page table of the current tree' },
  limbo: {
    sign: '◐',
    word: 'limbo',
    meaning: 'an old table, replaced by its copy but perhaps still in use',
  },
  unlinked: { sign: '◌', word: 'unlinked', meaning: 'a table taken out of the tree, not yet freed' },
  'freed-table': { sign: '✕', word: 'freed', meaning: 'was a table and has been freed' },
  data: { sign: '■', word: 'data', meaning: 'a page of the process' },
  dropped: { sign: '▽', word: 'dropped', meaning: 'a page that the process no longer owns' },
  kernel: { sign: 'K', word: 'kernel', meaning: 'the kernel’s own, cannot move' },
  offline: { sign: '∅', word: 'offline', meaning: 'taken out of use' },
};
