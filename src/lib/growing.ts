/** A typed array that is longer than what was put in yet. */
export interface Growing<A extends Uint32Array | Uint16Array = Uint32Array> {
  items: A;
  length: number;
  readonly make: new (length: number) => A;
}

const FIRST_LENGTH = 1 << 10;

export function growing<A extends Uint32Array | Uint16Array>(make: new (length: number) => A): Growing<A> {
  return { items: new make(FIRST_LENGTH), length: 0, make };
}

/** Puts a number at the end. Where the array is full, all is copied into one half as long again. */
export function append<A extends Uint32Array | Uint16Array>(list: Growing<A>, value: number): void {
  if (list.length === list.items.length) {
    const more = new list.make(Math.ceil(list.length * 1.5));
    more.set(list.items);
    list.items = more;
  }
  list.items[list.length] = value;
  list.length += 1;
}
