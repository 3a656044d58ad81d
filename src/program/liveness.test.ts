import { describe, expect, it } from 'vitest';
import { type Assembler, createAssembler } from './assembler.ts';
import { effectsOf, writtenFields } from './effects.ts';
import { add, eq, get, lt } from './expr.ts';
import { set, when } from './instr.ts';
import { deadLocals } from './liveness.ts';

/** For each instruction of a program with locals a and b: which are live on arrival. */
function liveAt(write: (asm: Assembler) => void): string[] {
  const asm = createAssembler('t', 'test');
  asm.declare('a', 9);
  asm.declare('b', 9);
  write(asm);
  const { program } = asm.finish();
  return deadLocals(program).map((dead) => ['a', 'b'].filter((l) => !dead.includes(`t.${l}`)).join(''));
}

const [a, b] = [get('t.a'), get('t.b')];
const step = (...body: ReturnType<typeof set>[]) => ({ label: ['s'], tag: 'read', body });

describe('liveness', () => {
  it('a local is live from where it is set to where it is read last', () => {
    const live = liveAt((asm) => {
      asm.step(step(set('t.a', get('x'))));
      asm.step(step(set('t.b', a)));
      asm.step(step(set('x', b)));
    });
    expect(live).toEqual(['', 'a', 'b', '', '']);
  });

  it('a loop keeps alive what its next round reads', () => {
    const live = liveAt((asm) => {
      const again = asm.newLabel();
      asm.local(set('t.a', 0));
      asm.place(again);
      asm.step(step(set('x', 1)));
      asm.local(set('t.a', add(a, 1)));
      asm.branch(lt(a, 3), again);
    });
    expect(live).toEqual(['', 'a', 'a', 'a', '', '']);
  });

  it('a guard and a branch read, and a value set on one way only stays live on the other', () => {
    const live = liveAt((asm) => {
      asm.step({ ...step(), guard: eq(a, 1) });
      const [only] = when(eq(get('x'), 1), [set('t.b', 1)]);
      if (only !== undefined) asm.step({ ...step(), body: [only] });
      asm.step(step(set('x', b)));
    });
    expect(live).toEqual(['ab', 'b', 'b', '', '']);
  });

  it('a value set on both ways, or read only where it was just set, is not needed from before', () => {
    const live = liveAt((asm) => {
      const both = when(eq(get('x'), 1), [set('t.a', 1), set('y', a)], [set('t.a', 0)]);
      asm.step({ ...step(), body: both });
      asm.step(step(set('x', a)));
    });
    expect(live).toEqual(['', 'a', '', '']);
  });

  it('effects name what an instruction may read and write, the guard included', () => {
    const asm = createAssembler('t', 'test');
    asm.step({
      ...step(set('x', get('y', get('z')))),
      guard: eq(get('g'), 0),
    });
    const { program } = asm.finish();
    const [first] = program.instrs;
    if (first === undefined) throw new Error('no instruction');
    const { reads, writes } = effectsOf(first);
    expect([...reads].sort()).toEqual(['g', 'y', 'z']);
    expect([...writes]).toEqual(['x']);
    expect([...writtenFields(program.instrs)]).toEqual(['x']);
  });
});
