/**
 * A named block of state: `rows` x `cols` non-negative integers, each at most `max`.
 * The same names serve the flat words of a stepped world and the packed words of a search.
 */
export interface Field {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  /** Greatest value an element can hold; decides its width in a packed state. */
  readonly max: number;
  /** True for state that only the checks read: it is never an input to a guard or a value. */
  readonly ghost: boolean;
}

export interface PlacedField extends Field {
  /** Word offset of element [0][0]; element [r][c] is at `offset + r * cols + c`. */
  readonly offset: number;
}

export interface Layout {
  readonly fields: ReadonlyMap<string, PlacedField>;
  /** Length of the state in 32-bit words. */
  readonly words: number;
}

/** Places fields one after the other, in the order given. Throws on a name used twice or an empty field. */
export function placeFields(fields: readonly Field[]): Layout {
  const placed = new Map<string, PlacedField>();
  let offset = 0;
  for (const field of fields) {
    if (placed.has(field.name)) throw new Error(`field ${field.name} is declared twice`);
    if (field.rows < 1 || field.cols < 1) throw new Error(`field ${field.name} has no elements`);
    placed.set(field.name, { ...field, offset });
    offset += field.rows * field.cols;
  }
  return { fields: placed, words: offset };
}

/** The field of that name. Throws when the layout has none. */
export function fieldOf(layout: Layout, name: string): PlacedField {
  const field = layout.fields.get(name);
  if (field === undefined) throw new Error(`no field ${name} in this layout`);
  return field;
}

/** Which field and element a word offset belongs to; null when it is past the end. */
export function locate(
  layout: Layout,
  offset: number,
): { field: PlacedField; row: number; col: number } | null {
  for (const field of layout.fields.values()) {
    const index = offset - field.offset;
    if (index < 0 || index >= field.rows * field.cols) continue;
    return { field, row: Math.floor(index / field.cols), col: index % field.cols };
  }
  return null;
}

/** Reads one element of a state. Throws outside the field's bounds. */
export function readField(layout: Layout, words: Int32Array, name: string, col = 0, row = 0): number {
  const field = fieldOf(layout, name);
  if (row < 0 || row >= field.rows || col < 0 || col >= field.cols)
    throw new Error(`${name}[${String(row)}][${String(col)}] is out of range`);
  return words[field.offset + row * field.cols + col] ?? 0;
}
