import { at } from '../lib/at.ts';
import { type Expr, num } from '../program/expr.ts';
import type { Instr, Step, Stmt } from '../program/instr.ts';
import { fieldOf } from '../program/layout.ts';
import { mayBeTrue, valuesOf } from './possible-values.ts';
import { isImage, isImagePlace, isImageTest } from './related.ts';
import type { Comparing } from './run-through.ts';
import { imageOf, isPermutation, renamed } from './swap.ts';

/**
 * Whether one instruction does, after a swap, what the other does before it: to the elements in the others' places, with the
 * values renamed, and going on to the same place. False also where that is not plain.
 */
export function isImageInstr(c: Comparing, one: Instr, two: Instr): boolean {
  if (one.k === 'step' && two.k === 'step') return one.moves === two.moves && isImageStep(c, one, two);
  if (one.k === 'local' && two.k === 'local') return areImages(c, one.body, two.body);
  if (one.k === 'branch' && two.k === 'branch')
    return one.target === two.target && isImageTest(c, one.test, two.test);
  if (one.k === 'jump' && two.k === 'jump') return one.target === two.target;
  return one.k === 'end' && two.k === 'end';
}

/** Names of moves are those of steps that offer as many; the bodies of steps that are never possible do not matter. */
function isImageStep(c: Comparing, one: Step, two: Step): boolean {
  const moveNames = c.moveNames?.length === one.moves ? c.moveNames : null;
  const stepping = { ...c, moveNames, moves: one.moves };
  if (!isPermutation(moveNames, one.moves) || !isImageTest(stepping, one.guard, two.guard)) return false;
  const { layout, tables } = c.spec;
  const values = valuesOf(one.guard, {
    layout,
    tables,
    words: c.possible.words,
    moves: one.moves,
    rounds: 1,
  });
  return !mayBeTrue(values) || areImages(stepping, one.body, two.body);
}

function areImages(c: Comparing, body: readonly Stmt[], images: readonly Stmt[]): boolean {
  return body.length === images.length && body.every((stmt, i) => isImageStmt(c, stmt, at(images, i)));
}

function isImageStmt(c: Comparing, one: Stmt, two: Stmt): boolean {
  switch (one.k) {
    case 'set':
      return (
        two.k === 'set' &&
        isImagePlace(c, one, two) &&
        isImage(c, one.value, two.value, imageOf(c.swap, one.field).values)
      );
    case 'if':
      return (
        two.k === 'if' &&
        isImageTest(c, one.test, two.test) &&
        areImages(c, one.then, two.then) &&
        areImages(c, one.else, two.else)
      );
    case 'each':
      return (
        two.k === 'each' &&
        one.count === two.count &&
        areImages({ ...c, rounds: one.count }, one.body, two.body)
      );
    case 'fill':
    case 'and-row':
      return one.k === two.k && isImageRow(c, one, two);
    case 'copy-row':
      return two.k === 'copy-row' && isImageCopy(c, one, two);
    case 'violate':
      return two.k === 'violate' && one.property === two.property;
    case 'reach':
      return two.k === 'reach' && one.moment === two.moment;
    case 'halt':
      return two.k === 'halt';
  }
}

type RowStmt = Extract<Stmt, { k: 'fill' | 'and-row' }>;

/** A row changes element by element, by an operand that is worked out before any of them does. */
function isImageRow(c: Comparing, one: RowStmt, two: RowStmt): boolean {
  const { to, rows, cols, values } = imageOf(c.swap, one.field);
  if (two.field !== to || !isImage(c, one.row, two.row, rows)) return false;
  if (one.k === 'fill') return two.k === 'fill' && isImage(c, one.value, two.value, values);
  const masked = (stmt: Extract<RowStmt, { k: 'and-row' }>, col: number): Expr => ({
    ...{ k: 'binary', op: '&', b: stmt.mask },
    a: { k: 'get', field: stmt.field, row: stmt.row, col: num(col) },
  });
  const all = Array.from({ length: fieldOf(c.spec.layout, to).cols }, (_, col) => col);
  return (
    two.k === 'and-row' &&
    all.every((col) => isImage(c, masked(one, col), masked(two, renamed(cols, col)), values))
  );
}

type Copy = Extract<Stmt, { k: 'copy-row' }>;

function isImageCopy(c: Comparing, one: Copy, two: Copy): boolean {
  const { to, rows } = imageOf(c.swap, one.field);
  return two.field === to && isImage(c, one.to, two.to, rows) && isImage(c, one.from, two.from, rows);
}
