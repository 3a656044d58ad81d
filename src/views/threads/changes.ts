import type { Layout } from '../../program/layout.ts';

const known = new WeakMap<Int32Array, ReadonlySet<string>>();

/**
 * Which elements the last move of the cursor changed, as `field:row:col`; entries of tables are left out, so that the
 * work is bounded by the small part of the state.
 */
export function changedElements(layout: Layout, changed: Int32Array): ReadonlySet<string> {
  const earlier = known.get(changed);
  if (earlier !== undefined) return earlier;
  const elements = new Set<string>();
  const fields = [...layout.fields.values()].filter(({ name }) => name !== 'entries');
  const end = layout.fields.get('entries')?.offset ?? layout.words;
  let next = 0;
  for (const offset of changed) {
    if (offset >= end) break;
    for (; next < fields.length; next++) {
      const field = fields[next];
      if (field === undefined || offset >= field.offset + field.rows * field.cols) continue;
      const index = offset - field.offset;
      elements.add(elementKey(field.name, index % field.cols, Math.floor(index / field.cols)));
      break;
    }
  }
  known.set(changed, elements);
  return elements;
}

/** The key of one element in what `changedElements` gives. */
export function elementKey(field: string, col = 0, row = 0): string {
  return `${field}:${String(row)}:${String(col)}`;
}
