/** Makes a `switch` over a union exhaustive at compile time. Throws when a value slipped past the types. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
