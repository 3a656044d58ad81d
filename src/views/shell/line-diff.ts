/** One line of a comparison: in both, only before, only after. */
export interface DiffRow<T> {
  readonly sign: ' ' | '-' | '+';
  readonly item: T;
}

/**
 * Two lists compared by the key of their items: as few lines as can be are taken out and put in (a longest common
 * subsequence, in time and memory of the product of both lengths after equal ends are left out).
 */
export function diffLines<T>(
  before: readonly T[],
  after: readonly T[],
  key: (item: T) => string,
): readonly DiffRow<T>[] {
  const [a, b] = [before.map(key), after.map(key)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const same = (items: readonly T[]): DiffRow<T>[] => items.map((item) => ({ sign: ' ', item }));
  return [
    ...same(after.slice(0, head)),
    ...middle(
      { items: before.slice(head, before.length - tail), keys: a.slice(head, a.length - tail) },
      { items: after.slice(head, after.length - tail), keys: b.slice(head, b.length - tail) },
    ),
    ...same(after.slice(after.length - tail)),
  ];
}

interface Side<T> {
  readonly items: readonly T[];
  readonly keys: readonly string[];
}

function middle<T>(a: Side<T>, b: Side<T>): readonly DiffRow<T>[] {
  const width = b.keys.length + 1;
  // common[i * width + j]: the most lines that a from i on and b from j on have in common.
  const common = new Int32Array((a.keys.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.keys.length - 1; i >= 0; i--)
    for (let j = b.keys.length - 1; j >= 0; j--)
      common[i * width + j] =
        a.keys[i] === b.keys[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const rows: DiffRow<T>[] = [];
  for (let i = 0, j = 0; i < a.items.length || j < b.items.length;) {
    const [old, fresh] = [a.items[i], b.items[j]];
    if (old !== undefined && fresh !== undefined && a.keys[i] === b.keys[j]) {
      rows.push({ sign: ' ', item: fresh });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      rows.push({ sign: '-', item: old });
      i += 1;
    } else if (fresh !== undefined) {
      rows.push({ sign: '+', item: fresh });
      j += 1;
    }
  }
  return rows;
}
