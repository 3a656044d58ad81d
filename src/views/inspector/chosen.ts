import type { Layout } from '../../program/layout.ts';
import type { Selection } from '../../store/selection.ts';
import { wordsOf } from '../../worker/object-words.ts';
import type { StateObject } from '../../worker/objects.ts';
import type { ProgramView } from '../../worker/protocol.ts';
import type { WordRange } from '../../worker/step-writes.ts';

/** What every actor runs, by its number. */
type Programs = readonly Pick<ProgramView, 'locals'>[];

/** The object of the state that is chosen, of an actor its locals; null for an address, which is none. */
export function objectOf(selection: Selection, programs: Programs): StateObject | null {
  switch (selection.kind) {
    case 'frame':
      return { kind: 'frame', frame: selection.frame };
    case 'entry':
      return { kind: 'entry', frame: selection.frame, index: selection.index };
    case 'cpu':
      return { kind: 'cpu', cpu: selection.cpu };
    case 'lock': {
      const { lock, of } = selection;
      return { kind: 'word', field: lock === 'ptl' ? 'frame.ptl' : `mm.${lock}`, row: 0, col: of };
    }
    case 'actor':
      return { kind: 'locals', fields: programs[selection.actor]?.locals ?? [] };
    case 'va':
      return null;
  }
}

/** The words whose changes a run can stop at; empty for what is no object of the state. */
export function rangesOf(layout: Layout, selection: Selection, programs: Programs): readonly WordRange[] {
  // Who reads and who writes are two words of one lock.
  if (selection.kind === 'lock' && selection.lock.startsWith('mmap_sem'))
    return ['mm.mmap_sem_writer', 'mm.mmap_sem_readers'].flatMap((field) =>
      wordsOf(layout, { kind: 'word', field, row: 0, col: selection.of }),
    );
  const object = objectOf(selection, programs);
  return object === null ? [] : wordsOf(layout, object);
}

const MM_LOCKS = ['page_table_lock', 'relocation_mutex', 'mmap_sem_writer', 'mmap_sem_readers'] as const;

/** What to choose to learn more of an element of the state; null where there is nothing to choose. */
export function selectionOf(field: string, row: number, col: number): Selection | null {
  if (field === 'entries') return { kind: 'entry', frame: row, index: col };
  if (field === 'frame.ptl') return { kind: 'lock', lock: 'ptl', of: col };
  if (field.startsWith('frame.')) return { kind: 'frame', frame: col };
  if (/^cpu\.(tlb|walk_cache|pdpte)$/.test(field)) return { kind: 'cpu', cpu: row };
  if (/^(cpu|ipi)\./.test(field)) return { kind: 'cpu', cpu: col };
  const lock = MM_LOCKS.find((name) => field === `mm.${name}`);
  return lock === undefined ? null : { kind: 'lock', lock, of: col };
}
