import { type CompileContext, testText } from '../program/compile.ts';
import { type Expr, num, visitExpr } from '../program/expr.ts';
import type { ModelSpec } from './model.ts';

/** The tests of a model's invariants as JavaScript. */
export interface InvariantTests {
  /** All of them. */
  readonly all: string;
  /**
   * Those that a step which writes these fields can have broken. One whose fields nobody wrote is as it was: where it is broken
   * still, the step that broke it was told of.
   */
  readonly after: (writes: ReadonlySet<string>) => string;
}

interface Test {
  readonly reads: ReadonlySet<string>;
  /** Its first condition, which several have in common ("at the end"), and the rest. */
  readonly first: string;
  readonly rest: string;
}

export function invariantTests(spec: ModelSpec, c: CompileContext): InvariantTests {
  const tests = spec.invariants.map(({ property, broken }): Test => {
    const [first, rest] = split(broken);
    const bad = `bad(${String(c.propertyNumber(property))});`;
    return { reads: fieldsIn(broken), first: testText(first, c), rest: `if(${testText(rest, c)})${bad}` };
  });
  return {
    all: joined(tests),
    after: (writes) => joined(tests.filter(({ reads }) => [...reads].some((field) => writes.has(field)))),
  };
}

/** The leftmost condition of a conjunction, and the others. */
function split(e: Expr): readonly [Expr, Expr] {
  if (e.k !== 'binary' || e.op !== '&&') return [num(1), e];
  const [first, rest] = split(e.a);
  if (first.k === 'const') return [e.a, e.b];
  return [first, { ...e, a: rest }];
}

function fieldsIn(e: Expr): ReadonlySet<string> {
  const fields = new Set<string>();
  visitExpr(e, (part) => {
    if (part.k === 'get' || part.k === 'find') fields.add(part.field);
  });
  return fields;
}

/** Tests with one first condition are made together. */
function joined(tests: readonly Test[]): string {
  const firsts = [...new Set(tests.map(({ first }) => first))];
  return firsts
    .map((first) => {
      const rests = tests.filter((test) => test.first === first).map(({ rest }) => rest);
      return `if(${first}){${rests.join('')}}`;
    })
    .join('');
}
