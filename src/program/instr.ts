import { type Expr, num } from './expr.ts';

/** A piece of text with values in it. `as` names how the machine shows the value ('frame', 'entry', 'cpu', ...). */
export type TemplatePart = string | { readonly value: Expr; readonly as: string };
export type Template = readonly TemplatePart[];

/** What happens inside one atomic step. Plain data. */
export type Stmt =
  | {
      readonly k: 'set';
      readonly field: string;
      readonly row: Expr;
      readonly col: Expr;
      readonly value: Expr;
    }
  | { readonly k: 'if'; readonly test: Expr; readonly then: readonly Stmt[]; readonly else: readonly Stmt[] }
  /** `body` for each round 0 .. count - 1; not nested. */
  | { readonly k: 'each'; readonly count: number; readonly body: readonly Stmt[] }
  | { readonly k: 'fill'; readonly field: string; readonly row: Expr; readonly value: Expr }
  | { readonly k: 'and-row'; readonly field: string; readonly row: Expr; readonly mask: Expr }
  | { readonly k: 'copy-row'; readonly field: string; readonly to: Expr; readonly from: Expr }
  | { readonly k: 'violate'; readonly property: string; readonly why: Template }
  | { readonly k: 'reach'; readonly moment: string }
  | { readonly k: 'halt' };

/**
 * One atomic step of a program, as others see it. Control goes to the next instruction; instructions other than
 * steps are work on the thread's own locals and are carried out together with the step before them.
 */
export interface Step {
  readonly k: 'step';
  readonly label: Template;
  /** What kind of event this is, for timelines and filters ('read', 'lock', 'ipi-send', ...). */
  readonly tag: string;
  /** The step can be taken only where this is not 0. */
  readonly guard: Expr;
  /** What the thread waits for while the guard is 0, in words. */
  readonly wait: Template;
  /** How many moves the step offers (1 for all but non-deterministic steps); `allow` may forbid some. */
  readonly moves: number;
  /** No interrupt is taken just before this step: the CPU is inside one instruction. */
  readonly inInstruction: boolean;
  readonly body: readonly Stmt[];
}

export type Op =
  | Step
  | { readonly k: 'local'; readonly body: readonly Stmt[] }
  | { readonly k: 'branch'; readonly test: Expr; readonly target: number }
  | { readonly k: 'jump'; readonly target: number }
  | { readonly k: 'end'; readonly halted: boolean };

/** An operation and the line of pseudo-code that it belongs to (index into `Program.lines`). */
export type Instr = Op & { readonly line: number };

/** One line of pseudo-code of one routine call. */
export interface Line {
  readonly call: number;
  readonly text: string;
  readonly indent: number;
}

/** One place where a routine is carried out: programs are assembled with their routines in line. */
export interface Call {
  readonly routine: string;
  readonly args: string;
  /** The line that makes the call; -1 for the outermost. */
  readonly from: number;
}

/** A thread's program, assembled for one design. Instruction 0 is where it starts. */
export interface Program {
  readonly name: string;
  readonly instrs: readonly Instr[];
  readonly lines: readonly Line[];
  readonly calls: readonly Call[];
  readonly pcField: string;
  /** Fields that are this thread's own; each is 1 x 1. */
  readonly locals: readonly string[];
}

export function set(
  field: string,
  value: Expr | number,
  col: Expr | number = 0,
  row: Expr | number = 0,
): Stmt {
  const e = (x: Expr | number): Expr => (typeof x === 'number' ? num(x) : x);
  return { k: 'set', field, row: e(row), col: e(col), value: e(value) };
}

/** A conditional statement; a constant test leaves only the branch taken. */
export function when(test: Expr, then: readonly Stmt[], otherwise: readonly Stmt[] = []): readonly Stmt[] {
  if (test.k === 'const') return test.value !== 0 ? then : otherwise;
  return [{ k: 'if', test, then, else: otherwise }];
}

export const halt: Stmt = { k: 'halt' };

export function violate(property: string, ...why: Template): Stmt {
  return { k: 'violate', property, why };
}

export function show(value: Expr | number, as: string): TemplatePart {
  return { value: typeof value === 'number' ? num(value) : value, as };
}
