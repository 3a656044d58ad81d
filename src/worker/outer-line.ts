import { at } from '../lib/at.ts';
import type { Call, Line } from '../program/instr.ts';

/** What is read of a program to tell where control is. */
export interface Code {
  readonly lines: readonly Line[];
  readonly calls: readonly Call[];
}

/** The line of the outermost routine that is under way at `line`: that line itself, or the one that led to it by calls. */
export function outerLine({ lines, calls }: Code, line: number): number {
  for (let here = line; ;) {
    const { from } = at(calls, at(lines, here).call);
    if (from < 0) return here;
    here = from;
  }
}
