import { at, must } from '../lib/at.ts';
import { type Expr, partsOf } from '../program/expr.ts';
import { type Comparing, everywhere } from './run-through.ts';
import { imageOf, type Renaming, renamed } from './swap.ts';
import { valueIn } from './value-in.ts';

/**
 * Whether in every state `image` has, after the swap, the value that `e` has before, renamed. False also where that is not plain: parts are
 * compared with parts, and where that does not do, all values of what is read are run through, if they are few.
 */
export function isImage(c: Comparing, e: Expr, image: Expr, names: Renaming): boolean {
  if (names === null && isSame(e, image) && isUntouched(c, e)) return true;
  return (
    hasImageParts(c, e, image, names) ||
    everywhere(
      c,
      (before, after) => renamed(names, valueIn(c.spec, e, before)) === valueIn(c.spec, image, after),
    )
  );
}

/** Whether in every state `image` is 0 after the swap where `e` is before, and nowhere else. */
export function isImageTest(c: Comparing, e: Expr, image: Expr): boolean {
  if (isSame(e, image) && isUntouched(c, e)) return true;
  return (
    hasImageTests(c, e, image) ||
    everywhere(
      c,
      (before, after) => (valueIn(c.spec, e, before) === 0) === (valueIn(c.spec, image, after) === 0),
    )
  );
}

function hasImageTests(c: Comparing, e: Expr, image: Expr): boolean {
  if (e.k === 'not' && image.k === 'not') return isImageTest(c, e.a, image.a);
  if (e.k === 'get' && image.k === 'get') return keepsZero(namesOf(c, e, image));
  if (e.k !== 'binary' || image.k !== 'binary' || e.op !== image.op) return false;
  if (e.op === '&&' || e.op === '||')
    return isImageChain(c, partsOfChain(e, e.op), partsOfChain(image, e.op));
  return isImageComparison(c, e, image);
}

/** Each part has an image among those of the other, all different. Most are in the same place. */
function isImageChain(c: Comparing, parts: readonly Expr[], images: readonly Expr[]): boolean {
  const left = new Set(images.keys());
  return (
    parts.length === images.length &&
    parts.every((part, i) => {
      const order = left.has(i) ? [i, ...left] : [...left];
      const found = order.find((j) => isImageTest(c, part, at(images, j)));
      return found !== undefined && left.delete(found);
    })
  );
}

/** The parts of a conjunction or disjunction: their order does not matter. */
function partsOfChain(e: Expr, op: '&&' | '||'): readonly Expr[] {
  return e.k === 'binary' && e.op === op ? [...partsOfChain(e.a, op), ...partsOfChain(e.b, op)] : [e];
}

type Binary = Extract<Expr, { k: 'binary' }>;

/** Names are given to one value each: what is equal before is equal after. Which is less is kept only where nothing is renamed. */
function isImageComparison(c: Comparing, e: Binary, image: Binary): boolean {
  const [a, b] = [namesOf(c, e.a, image.a), namesOf(c, e.b, image.b)];
  const isEquality = e.op === '==' || e.op === '!=';
  const names = isEquality ? ((a === undefined ? b : a) ?? null) : null;
  return COMPARISONS.has(e.op) && isImage(c, e.a, image.a, names) && isImage(c, e.b, image.b, names);
}

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=']);

const keepsZero = (names: Renaming | undefined): boolean => names !== undefined && renamed(names, 0) === 0;

function isTest(e: Expr): boolean {
  return e.k === 'not' || (e.k === 'binary' && (COMPARISONS.has(e.op) || e.op === '&&' || e.op === '||'));
}

function hasImageParts(c: Comparing, e: Expr, image: Expr, names: Renaming): boolean {
  if (isTest(e) && isTest(image))
    return renamed(names, 0) === 0 && renamed(names, 1) === 1 && hasImageTests(c, e, image);
  if (e.k === 'const') return image.k === 'const' && renamed(names, e.value) === image.value;
  if (e.k === 'get' && image.k === 'get') {
    const given = namesOf(c, e, image);
    return given !== undefined && areSame(given, names);
  }
  if (e.k === 'cond' && image.k === 'cond')
    return (
      isImageTest(c, e.test, image.test) &&
      isImage(c, e.then, image.then, names) &&
      isImage(c, e.else, image.else, names)
    );
  if (names !== null || e.k !== image.k) return false;
  if (e.k === 'move') return c.moveNames === null;
  if (e.k === 'each') return true;
  if (e.k === 'table' && image.k === 'table')
    return isSameTable(c, e.table, image.table) && isImage(c, e.index, image.index, null);
  if (e.k === 'binary' && image.k === 'binary')
    return e.op === image.op && isImage(c, e.a, image.a, null) && isImage(c, e.b, image.b, null);
  return e.k === 'find' && image.k === 'find' && isImageSearch(c, e, image);
}

function isSameTable({ spec }: Comparing, one: string, other: string): boolean {
  const [a, b] = [must(spec.tables, one), must(spec.tables, other)];
  return a.length === b.length && Array.from(a).every((value, i) => value === b[i]);
}

type Find = Extract<Expr, { k: 'find' }>;

/** The first column is the first one afterwards if columns stay in their order and the value is found where it was. */
function isImageSearch(c: Comparing, e: Find, image: Find): boolean {
  const { to, rows, cols, values } = imageOf(c.swap, e.field);
  const isWhole = e.mask === -1 && image.mask === -1;
  return (
    to === image.field &&
    cols === null &&
    (isWhole || (values === null && e.mask === image.mask)) &&
    renamed(values, e.value) === image.value &&
    isImage(c, e.row, image.row, rows) &&
    isImage(c, e.from, image.from, null) &&
    isImage(c, e.to, image.to, null)
  );
}

/** How values of an element are renamed where another takes its place; undefined where another may not be what takes it. */
function namesOf(c: Comparing, e: Expr, image: Expr): Renaming | undefined {
  if (e.k !== 'get' || image.k !== 'get') return undefined;
  return isImagePlace(c, e, image) ? imageOf(c.swap, e.field).values : undefined;
}

interface Place {
  readonly field: string;
  readonly row: Expr;
  readonly col: Expr;
}

/** Whether one element is always where the swap brings the other. Indices outside a field are not renamed, and stay outside. */
export function isImagePlace(c: Comparing, e: Place, image: Place): boolean {
  const { to, rows, cols } = imageOf(c.swap, e.field);
  return to === image.field && isImage(c, e.row, image.row, rows) && isImage(c, e.col, image.col, cols);
}

function areSame(a: Renaming, b: Renaming): boolean {
  const length = Math.max(a?.length ?? 0, b?.length ?? 0);
  return Array.from({ length }, (_, value) => value).every(
    (value) => renamed(a, value) === renamed(b, value),
  );
}

export function isSame(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  const [these, those] = [partsOf(a), partsOf(b)];
  if (a.k !== b.k || these.length !== those.length) return false;
  if (a.k === 'const' && b.k === 'const' && a.value !== b.value) return false;
  if (a.k === 'get' && b.k === 'get' && a.field !== b.field) return false;
  if (a.k === 'table' && b.k === 'table' && a.table !== b.table) return false;
  if (a.k === 'binary' && b.k === 'binary' && a.op !== b.op) return false;
  if (a.k === 'find' && b.k === 'find')
    if (a.field !== b.field || a.mask !== b.mask || a.value !== b.value) return false;
  return these.every((part, i) => isSame(part, at(those, i)));
}

/** Whether all that it reads stays where and as it is. */
function isUntouched(c: Comparing, e: Expr): boolean {
  if (e.k === 'move' && c.moveNames !== null) return false;
  if ((e.k === 'get' || e.k === 'find') && c.swap.fields.has(e.field)) return false;
  return partsOf(e).every((part) => isUntouched(c, part));
}
