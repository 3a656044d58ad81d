import type { Layout, PlacedField } from '../program/layout.ts';
import type { StateObject } from './objects.ts';
import type { WordRange } from './step-writes.ts';

/** The words of a state that make up an object; ghosts are for the checks, and left out. */
export function wordsOf(layout: Layout, object: StateObject): readonly WordRange[] {
  return [...layout.fields.values()].flatMap((field) => rangesIn(field, object));
}

function rangesIn(field: PlacedField, object: StateObject): readonly WordRange[] {
  const { name, ghost } = field;
  switch (object.kind) {
    case 'word':
      return name === object.field ? [element(field, object.row, object.col)] : [];
    case 'entry':
      return name === 'entries' ? [element(field, object.frame, object.index)] : [];
    case 'frame':
      if (name === 'entries') return object.frame < field.rows ? [row(field, object.frame)] : [];
      return name.startsWith('frame.') && object.frame < field.cols ? [element(field, 0, object.frame)] : [];
    case 'mm':
      return !ghost && name.startsWith('mm.') ? [element(field, 0, object.mm)] : [];
    case 'locals':
      return object.fields.includes(name) ? [element(field, 0, 0)] : [];
    case 'cpu':
      if (/^cpu\.(tlb|walk_cache|pdpte)$/.test(name)) return [row(field, object.cpu)];
      return /^(cpu|ipi)\./.test(name) ? [element(field, 0, object.cpu)] : [];
  }
}

function element({ offset, cols }: PlacedField, r: number, c: number): WordRange {
  const from = offset + r * cols + c;
  return { from, to: from + 1 };
}

function row({ offset, cols }: PlacedField, r: number): WordRange {
  return { from: offset + r * cols, to: offset + (r + 1) * cols };
}
