import { describe, expect, it } from 'vitest';
import { callStack, outlineRows, stackRows } from './pseudo-code.ts';

/** relocate_mm calls delimbo at its second line; delimbo calls walk at its first. */
const code = {
  calls: [
    { routine: 'relocate', args: '', from: -1 },
    { routine: 'relocate_mm', args: 'mm', from: -1 },
    { routine: 'delimbo', args: 'va0', from: 1 },
    { routine: 'walk', args: '', from: 2 },
  ],
  lines: [
    { call: 1, text: 'enter', indent: 0 },
    { call: 1, text: 'delimbo the entry', indent: 1 },
    { call: 2, text: 'walk again', indent: 0 },
    { call: 3, text: 'read pgd', indent: 0 },
    { call: 2, text: 'lock', indent: 0 },
    { call: 1, text: 'finish', indent: 0 },
    { call: 0, text: 'relocate', indent: 0 },
  ],
};

const drawn = (rows: ReturnType<typeof stackRows>): readonly string[] =>
  rows.map(
    ({ text, depth, mark }) => `${{ current: '>', caller: '^', none: '' }[mark]}${' '.repeat(depth)}${text}`,
  );

describe('the pseudo-code of a program', () => {
  it('names the routines under way, the outermost first', () => {
    expect(callStack(code, 3).map(({ title }) => title)).toEqual(['relocate_mm(mm)', 'delimbo(va0)', 'walk']);
  });

  it('shows the innermost routine alone, with the current line marked', () => {
    const stack = callStack(code, 4);
    expect(drawn(stackRows(code, stack, stack.length - 1))).toEqual(['walk again', '>lock']);
  });

  it('puts inner routines below the lines that call them', () => {
    expect(drawn(stackRows(code, callStack(code, 3), 0))).toEqual([
      'enter',
      '^ delimbo the entry',
      '^  walk again',
      '>   read pgd',
      '  lock',
      'finish',
    ]);
  });

  it('shows something when asked for more depth than there is', () => {
    expect(drawn(stackRows(code, callStack(code, 0), 7))).toEqual(['>enter', ' delimbo the entry', 'finish']);
  });

  it('has an outline for the end, without the line that only bears the name', () => {
    expect(drawn(outlineRows(code))).toEqual(['enter', ' delimbo the entry', 'finish']);
  });
});
