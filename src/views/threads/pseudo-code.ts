import { at } from '../../lib/at.ts';
import type { ProgramView } from '../../worker/protocol.ts';

/** A routine under way: the call, and the line at which control is in it. */
export interface StackFrame {
  readonly call: number;
  /** `delimbo_pud(entry 1)`, or the bare name where there are no arguments. */
  readonly title: string;
  readonly line: number;
}

export interface CodeRow {
  readonly line: number;
  readonly text: string;
  /** In steps of indentation. */
  readonly depth: number;
  /** `current`: the next step belongs to this line; `caller`: it called the routine below. */
  readonly mark: 'current' | 'caller' | 'none';
}

type Code = Pick<ProgramView, 'lines' | 'calls'>;

const linesByCall = new WeakMap<Code['lines'], ReadonlyMap<number, readonly number[]>>();

function linesOf({ lines }: Code, call: number): readonly number[] {
  let byCall = linesByCall.get(lines);
  if (byCall === undefined) {
    const groups = new Map<number, number[]>();
    lines.forEach((line, index) => {
      groups.set(line.call, [...(groups.get(line.call) ?? []), index]);
    });
    byCall = groups;
    linesByCall.set(lines, byCall);
  }
  return byCall.get(call) ?? [];
}

/** The routines under way when control is at `line`, the outermost first. */
export function callStack({ lines, calls }: Code, line: number): readonly StackFrame[] {
  const stack: StackFrame[] = [];
  for (let here = line; here >= 0;) {
    const { call } = at(lines, here);
    const { routine, args, from } = at(calls, call);
    stack.unshift({ call, title: args === '' ? routine : `${routine}(${args})`, line: here });
    here = from;
  }
  return stack;
}

/** The lines of the routines of a stack from index `from` on, each routine put in below the line that calls it. */
export function stackRows(code: Code, stack: readonly StackFrame[], from: number): readonly CodeRow[] {
  const rowsFrom = (index: number, depth: number): CodeRow[] => {
    const frame = stack[index];
    if (frame === undefined) return [];
    const innermost = index === stack.length - 1;
    return linesOf(code, frame.call).flatMap((line): CodeRow[] => {
      const { text, indent } = at(code.lines, line);
      if (line !== frame.line) return [{ line, text, depth: depth + indent, mark: 'none' }];
      const row: CodeRow = { line, text, depth: depth + indent, mark: innermost ? 'current' : 'caller' };
      return [row, ...rowsFrom(index + 1, depth + indent + 1)];
    });
  };
  return rowsFrom(Math.min(from, stack.length - 1), 0);
}

/** The lines of the outermost routines, none of them marked: what a program that is at its end has done. */
export function outlineRows({ lines, calls }: Code): readonly CodeRow[] {
  return lines.flatMap(({ call, text, indent }, line): CodeRow[] => {
    const { routine, from } = at(calls, call);
    if (from !== -1 || text === routine) return [];
    return [{ line, text, depth: indent, mark: 'none' }];
  });
}
