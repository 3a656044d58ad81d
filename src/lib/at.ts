/** The element at `index`, or an error that names the index: for look-ups that cannot miss unless we have a bug. */
export function at<T>(list: ArrayLike<T>, index: number): T {
  const value = list[index];
  if (value === undefined) throw new Error(`no element ${String(index)} among ${String(list.length)}`);
  return value;
}

/** The value under `key`, or an error that names the key. */
export function must<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`no such key: ${String(key)}`);
  return value;
}
