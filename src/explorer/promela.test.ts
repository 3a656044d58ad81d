import { describe, expect, it } from 'vitest';
import {
  add,
  binary,
  cond,
  each,
  eq,
  find,
  get,
  lt,
  move,
  not,
  num,
  shl,
  shr,
  table,
} from '../program/expr.ts';
import { placeFields } from '../program/layout.ts';
import { decide, promelaBody, type PromelaContext, promelaExpr, promelaName } from '../program/promela.ts';
import { halt, set, violate } from '../program/instr.ts';

const one = { rows: 1, cols: 1, max: 255, ghost: false };
const layout = placeFields([
  { name: 'cpu0.pc', ...one },
  { name: 'row', ...one, cols: 3 },
  { name: 'grid', ...one, rows: 2, cols: 3 },
]);
const c: PromelaContext = { layout, move: 2, propertyNumber: () => 5 };

describe('an expression as Promela', () => {
  it.each([
    [add(get('cpu0.pc'), 1), '(cpu0_pc[0]+1)'],
    [binary('*', add(get('row', 1), 2), 3), '((row[1]+2)*3)'],
    [shr(shl(get('row', 2), 6), 6), '((row[2]<<6)>>6)'],
    [binary('&', get('row'), -5), '(row[0]&(-5))'],
    [not(get('row')), '(row[0]==0)'],
    [cond(lt(get('row'), 2), 7, get('row', 1)), '(((row[0]<2)!=0) -> 7 : row[1])'],
    [add(move, each), '(2+turn)'],
    [table('in.x', get('cpu0.pc')), 'in_x[cpu0_pc[0]]'],
    [get('grid', 2, 1), 'grid[5]'],
    [get('grid', get('row'), 1), '(((row[0]<3)) -> grid[1*3+row[0]] : 0)'],
  ])('keeps its order of work', (expr, text) => {
    expect(promelaExpr(expr, c)).toBe(text);
  });

  it('reads 0 outside a field, as memory that holds no entries does', () => {
    expect(promelaExpr(get('row', 3), c)).toBe('0');
    expect(promelaExpr(get('grid', 0, 2), c)).toBe('0');
    expect(promelaExpr(get('row', get('cpu0.pc')), c)).toBe('(((cpu0_pc[0]<3)) -> row[cpu0_pc[0]] : 0)');
  });

  it('looks for the first column that matches, within bounds', () => {
    const text = promelaExpr(find({ field: 'row', from: 1, to: 3, mask: 6, value: 4 }), c);
    expect(text.indexOf('0>=1')).toBeLessThan(text.indexOf('1>=1'));
    expect(text.indexOf('1>=1')).toBeLessThan(text.indexOf('2>=1'));
    expect(text).toContain('(row[2]&(6))==(4)) -> 2 : 3');
  });
});

describe('statements as Promela', () => {
  it('work out the operand of a row once, before the row changes', () => {
    const filled = promelaBody([{ k: 'fill', field: 'row', row: num(0), value: get('row', 1) }], c);
    expect(filled).toBe(
      'operand=row[1];base=0*3;row[base+0]=operand;row[base+1]=operand;row[base+2]=operand;operand=0;base=0;',
    );
    const masked = promelaBody([{ k: 'and-row', field: 'grid', row: num(1), mask: get('grid', 0, 1) }], c);
    expect(masked).toContain('grid[base+2]=grid[base+2]&operand;');
  });

  it('leave nothing behind that would be part of a state', () => {
    const body = promelaBody(
      [
        { k: 'copy-row', field: 'grid', to: num(1), from: num(0) },
        { k: 'each', count: 2, body: [set('row', each, each)] },
      ],
      c,
    );
    expect(body).toBe(
      'operand=0*3;base=1*3;grid[base+0]=grid[operand+0];grid[base+1]=grid[operand+1];grid[base+2]=grid[operand+2];operand=0;base=0;' +
        'turn=0;do ::(turn<2) -> row[turn]=turn;turn=turn+1 ::else -> break od;turn=0;',
    );
  });

  it('note violations by number, moments not at all, and stop where the program does', () => {
    expect(promelaBody([violate('counts', 'why'), { k: 'reach', moment: 'm' }, halt], c)).toBe(
      'BAD(5);halted=1;',
    );
  });

  it('choose a case by halves, every number its own', () => {
    const text = decide(
      'pc',
      [3, 4, 9].map((at) => ({ at, text: `to${String(at)};` })),
    );
    expect(text).toBe('if ::(pc<4) -> to3;skip ::else -> if ::(pc<9) -> to4;skip ::else -> to9;skip fi fi');
    expect(promelaName('in_instruction.cpu0')).toBe('in_instruction_cpu0');
    expect(promelaExpr(eq(get('row'), 1), c)).toBe('(row[0]==1)');
  });
});
