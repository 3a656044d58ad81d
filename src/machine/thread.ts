import type { Assembler } from '../program/assembler.ts';
import { eq, type Expr, get, num } from '../program/expr.ts';
import { set, show, type Stmt, type Template, violate, when } from '../program/instr.ts';
import { kindNumber, maxEntry, maxFrame, type Va, type World } from './world.ts';

/** Who a program is written for: one thread of control on one CPU. Owners in lock fields are `cpu + 1`. */
export interface Thread {
  readonly asm: Assembler;
  readonly world: World;
  readonly cpu: number;
}

/** A local of a thread: where it lives and its value. */
export interface Var {
  readonly field: string;
  readonly value: Expr;
}

function variable(t: Thread, name: string, max: number): Var {
  const field = t.asm.declare(name, max);
  return { field, value: get(field) };
}

/** A local that points to a table (frame id, 0 for none). Views draw it as the thread's pointer. */
export function tableVar(t: Thread, name: string): Var {
  return variable(t, `${name}_table`, t.world.tableFrames);
}

/** A local that holds an entry as it was read. */
export function entryVar(t: Thread, name: string): Var {
  return variable(t, `${name}_entry`, maxEntry(t.world));
}

/** A local that holds a frame of data (0 for none). */
export function pageVar(t: Thread, name: string): Var {
  return variable(t, `${name}_page`, maxFrame(t.world));
}

/** A local number: flag, index or mask. */
export function numberVar(t: Thread, name: string, max: number): Var {
  return variable(t, name, max);
}

export function assign(v: Var, value: Expr | number): Stmt {
  return set(v.field, value);
}

export const me = (t: Thread): number => t.cpu + 1;
export const myBit = (t: Thread): number => 1 << t.cpu;

export const showFrame = (frame: Expr | number): Template[number] => show(frame, 'frame');
export const showEntry = (entry: Expr | number): Template[number] => show(entry, 'entry');

/** "pmd[1] in frame 17": an entry, named after the table that holds it. */
export function entryName(t: Thread, level: number, index: Expr | number, frame: Expr | number): Template {
  const name = (t.world.levels[level]?.name ?? '').toLowerCase();
  return [`${name}[`, show(index, 'number'), '] in ', showFrame(frame)];
}

/** What every touch of a table's frame, entry or lock is judged by. */
export function touch(frame: Expr, ...what: Template): readonly Stmt[] {
  const freed = eq(get('frame.kind', frame), num(kindNumber('freed-table')));
  return when(freed, [
    violate('no-use-after-free', ...what, ' touches ', showFrame(frame), ', which was freed'),
  ]);
}

export function entryAt(frame: Expr | number, index: Expr | number): Expr {
  return get('entries', index, frame);
}

export function setEntry(frame: Expr, index: Expr | number, value: Expr | number): Stmt {
  return set('entries', value, index, frame);
}

export function indexAt(va: Va, level: number): number {
  const index = va.path[level];
  if (index === undefined) throw new Error(`${va.name} has no index at level ${String(level)}`);
  return index;
}
