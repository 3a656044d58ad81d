import { describe, expect, it } from 'vitest';
import { createAssembler, haltedPc } from './assembler.ts';
import { eq, get, num } from './expr.ts';
import { set } from './instr.ts';

const step = (name: string) => ({ label: [name], tag: 'read', body: [] });

describe('assembler', () => {
  it('ends every program with a normal end and, last, the place of those who stopped for ever', () => {
    const asm = createAssembler('cpu0', 'nothing');
    const { program } = asm.finish();
    expect(program.instrs).toMatchObject([
      { k: 'end', halted: false },
      { k: 'end', halted: true },
    ]);
    expect(haltedPc(program)).toBe(1);
    expect(program.pcField).toBe('cpu0.pc');
  });

  it('a label is the place of the next instruction, wherever the jumps to it stand', () => {
    const asm = createAssembler('cpu0', 'loop');
    const [again, out] = [asm.newLabel(), asm.newLabel()];
    asm.place(again);
    asm.step(step('a'));
    asm.branch(eq(get('x'), 0), out);
    asm.step(step('b'));
    asm.jump(again);
    asm.place(out);
    expect(asm.finish().program.instrs).toMatchObject([
      { k: 'step' },
      { k: 'branch', target: 4 },
      { k: 'step' },
      { k: 'jump', target: 0 },
      { k: 'end' },
      { k: 'end' },
    ]);
  });

  it('a branch whose test is known is a jump, or nothing', () => {
    const asm = createAssembler('cpu0', 'known');
    const out = asm.newLabel();
    asm.branch(num(0), out);
    asm.branch(num(1), out);
    asm.place(out);
    expect(asm.finish().program.instrs.map(({ k }) => k)).toEqual(['jump', 'end', 'end']);
  });

  it('refuses a label placed twice and a jump to one that was never placed', () => {
    const asm = createAssembler('cpu0', 'wrong');
    const label = asm.newLabel();
    asm.place(label);
    expect(() => {
      asm.place(label);
    }).toThrow('label placed twice');
    asm.jump(asm.newLabel());
    expect(() => asm.finish()).toThrow('never placed');
  });

  it('a local declared twice is one field, as wide as the wider of them', () => {
    const asm = createAssembler('cpu0', 'locals');
    expect(asm.declare('n', 3)).toBe('cpu0.n');
    asm.declare('n', 7);
    asm.declare('n', 5);
    const { program, localMax } = asm.finish();
    expect(program.locals).toEqual(['cpu0.n']);
    expect(localMax.get('cpu0.n')).toBe(7);
  });

  it('a routine has its own lines, and what follows the call belongs to the caller again', () => {
    const asm = createAssembler('cpu0', 'outer');
    asm.line('first');
    asm.step(step('a'));
    asm.routine('inner', 'va0', () => {
      asm.line('inside');
      asm.step(step('b'));
    });
    asm.step(step('c'));
    const { instrs, lines, calls } = asm.finish().program;
    const text = (i: number) => lines[instrs[i]?.line ?? -1]?.text;
    expect([text(0), text(1), text(2)]).toEqual(['first', 'inside', 'first']);
    expect(calls).toEqual([
      { routine: 'outer', args: '', from: -1 },
      { routine: 'inner', args: 'va0', from: 0 },
    ]);
    expect(lines.map(({ call }) => call)).toEqual([0, 1]);
  });

  it('local work without statements leaves no instruction', () => {
    const asm = createAssembler('cpu0', 'empty');
    asm.local();
    asm.local(set('x', 1));
    expect(asm.finish().program.instrs.map(({ k }) => k)).toEqual(['local', 'end', 'end']);
  });
});
