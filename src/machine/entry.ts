import { add, bitAnd, bitOr, type Expr, ne, shl, shr } from '../program/expr.ts';

/**
 * An entry in the engine: one word, frame id << 6 | flags. An empty entry is 0. Frame ids go up to 2^25 - 1, so
 * that the word stays positive. Which raw x86 bits these stand for: `x86-entry.ts`.
 */
export const ENTRY_P = 1;
export const ENTRY_W = 2;
export const ENTRY_A = 4;
export const ENTRY_D = 8;
/** Maps memory above the bottom level (2 MiB, 4 MiB or 1 GiB). */
export const ENTRY_LEAF = 16;
/** Not present, yet not empty: a swap or migration entry, or PROT_NONE. */
export const ENTRY_SWAP = 32;
export const ENTRY_SHIFT = 6;
export const ENTRY_MAX = 2 ** 31 - 1;
export const MAX_FRAME = 2 ** 25 - 1;

type Operand = Expr | number;

export function makeEntry(frame: number, flags: number): number {
  if (frame < 0 || frame > MAX_FRAME) throw new Error(`frame id ${String(frame)} does not fit an entry`);
  return (frame << ENTRY_SHIFT) | flags;
}

export function entryFrame(word: number): number {
  return word >>> ENTRY_SHIFT;
}

export const present = (e: Expr): Expr => bitAnd(e, ENTRY_P);
export const frameOf = (e: Expr): Expr => shr(e, ENTRY_SHIFT);
export const hasAll = (e: Expr, flags: number): Expr => ({
  k: 'binary',
  op: '==',
  a: bitAnd(e, flags),
  b: { k: 'const', value: flags },
});
export const hasAny = (e: Expr, flags: number): Expr => ne(bitAnd(e, flags), 0);
export const withFlags = (e: Expr, flags: Operand): Expr => bitOr(e, flags);
export const withoutFlags = (e: Expr, flags: number): Expr => bitAnd(e, ~flags);
export const newEntry = (frame: Expr, flags: Operand): Expr => add(shl(frame, ENTRY_SHIFT), flags);
