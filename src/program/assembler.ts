import { type Expr, num } from './expr.ts';
import type { Call, Instr, Line, Op, Program, Stmt, Template } from './instr.ts';

/** A place in a program that is not known yet when a jump to it is written. */
export interface Label {
  target: number;
}

export interface StepSpec {
  readonly label: Template;
  readonly tag: string;
  readonly guard?: Expr;
  readonly wait?: Template;
  readonly moves?: number;
  readonly inInstruction?: boolean;
  readonly body: readonly Stmt[];
}

/** Writes one thread's program. Routines are put in line; each call keeps its own lines of pseudo-code. */
export interface Assembler {
  step(spec: StepSpec): void;
  /** Work on the thread's own locals: carried out together with the step before it. */
  local(...body: readonly Stmt[]): void;
  newLabel(): Label;
  place(label: Label): void;
  branch(test: Expr, label: Label): void;
  jump(label: Label): void;
  /** Declares a local of this thread (idempotent) and gives its field name. */
  declare(name: string, max: number): string;
  routine<T>(name: string, args: string, build: () => T): T;
  /** Starts a line of pseudo-code: what is written until the next line belongs to it. */
  line(text: string, indent?: number): void;
  finish(): AssembledProgram;
}

export interface AssembledProgram {
  readonly program: Program;
  /** Greatest value of each local, by field name. */
  readonly localMax: ReadonlyMap<string, number>;
}

type Draft = { op: Exclude<Op, { target: number }>; line: number } | Pending;
type Pending = { op: { k: 'branch'; test: Expr } | { k: 'jump' }; to: Label; line: number };

/** `prefix` names the thread: its fields are `prefix.pc` and `prefix.<local>`. */
export function createAssembler(prefix: string, name: string): Assembler {
  const drafts: Draft[] = [];
  const lines: Line[] = [];
  const calls: Call[] = [{ routine: name, args: '', from: -1 }];
  const localMax = new Map<string, number>();
  let call = 0;
  let line = -1;

  const currentLine = (): number => {
    if (line === -1 || lines[line]?.call !== call) startLine(calls[call]?.routine ?? name, 0);
    return line;
  };
  const startLine = (text: string, indent: number): void => {
    line = lines.push({ call, text, indent }) - 1;
  };

  return {
    step(spec) {
      const op = {
        k: 'step' as const,
        label: spec.label,
        tag: spec.tag,
        guard: spec.guard ?? num(1),
        wait: spec.wait ?? [],
        moves: spec.moves ?? 1,
        inInstruction: spec.inInstruction ?? false,
        body: spec.body,
      };
      drafts.push({ op, line: currentLine() });
    },
    local(...body) {
      if (body.length > 0) drafts.push({ op: { k: 'local', body }, line: currentLine() });
    },
    newLabel: () => ({ target: -1 }),
    place(label) {
      if (label.target !== -1) throw new Error('label placed twice');
      label.target = drafts.length;
    },
    branch(test, to) {
      if (test.k !== 'const') drafts.push({ op: { k: 'branch', test }, to, line: currentLine() });
      else if (test.value !== 0) drafts.push({ op: { k: 'jump' }, to, line: currentLine() });
    },
    jump(to) {
      drafts.push({ op: { k: 'jump' }, to, line: currentLine() });
    },
    declare(local, max) {
      const field = `${prefix}.${local}`;
      localMax.set(field, Math.max(max, localMax.get(field) ?? 0));
      return field;
    },
    routine(routine, args, build) {
      const outer = { call, line: calls.length === 1 && line === -1 ? -1 : currentLine() };
      call = calls.push({ routine, args, from: outer.line }) - 1;
      line = -1;
      const result = build();
      ({ call, line } = outer);
      return result;
    },
    line: (text, indent = 0) => {
      startLine(text, indent);
    },
    finish() {
      drafts.push({ op: { k: 'end', halted: false }, line: currentLine() });
      drafts.push({ op: { k: 'end', halted: true }, line: currentLine() });
      const program: Program = {
        name,
        instrs: drafts.map(resolve),
        lines,
        calls,
        pcField: `${prefix}.pc`,
        locals: [...localMax.keys()],
      };
      return { program, localMax };
    },
  };
}

function resolve(draft: Draft): Instr {
  if (!('to' in draft)) return { ...draft.op, line: draft.line };
  if (draft.to.target === -1) throw new Error('jump to a label that was never placed');
  return { ...draft.op, target: draft.to.target, line: draft.line };
}

/** Where a thread stops for ever after it did something forbidden. */
export function haltedPc(program: Program): number {
  return program.instrs.length - 1;
}
