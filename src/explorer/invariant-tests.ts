import { type CompileContext, partsOf, testText, togetherText } from '../program/compile.ts';
import { type Expr, visitExpr } from '../program/expr.ts';
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

interface Condition {
  readonly test: Expr;
  /** Two that read the same are the same. */
  readonly text: string;
}

interface Test {
  readonly reads: ReadonlySet<string>;
  /** What must hold, all of it, for the invariant to be broken. */
  readonly conditions: readonly Condition[];
  readonly bad: string;
}

export function invariantTests(spec: ModelSpec, c: CompileContext): InvariantTests {
  const tests = spec.invariants.map(({ property, broken }): Test => ({
    reads: fieldsIn(broken),
    conditions: partsOf(broken, '&&').map((test) => ({ test, text: testText(test, c) })),
    bad: `bad(${String(c.propertyNumber(property))});`,
  }));
  // A hundred steps and more have only a few sets of invariants between them.
  const texts = new Map<string, string>();
  const after = (writes: ReadonlySet<string>): string => {
    const some = tests.filter(({ reads }) => [...reads].some((field) => writes.has(field)));
    const key = some.map((test) => tests.indexOf(test)).join();
    const text = texts.get(key) ?? joined(some, c);
    texts.set(key, text);
    return text;
  };
  return { all: joined(tests, c), after };
}

function fieldsIn(e: Expr): ReadonlySet<string> {
  const fields = new Set<string>();
  visitExpr(e, (part) => {
    if (part.k === 'get' || part.k === 'find') fields.add(part.field);
  });
  return fields;
}

/** Several invariants have their first conditions in common ("at the end", "nothing is on its way"): those are tested once for all of them. */
function joined(tests: readonly Test[], c: CompileContext): string {
  const firsts = [...new Set(tests.map(({ conditions }) => conditions[0]?.text))];
  return firsts
    .map((first) =>
      withFirst(
        tests.filter(({ conditions }) => conditions[0]?.text === first),
        c,
      ),
    )
    .join('');
}

/** Tests whose first condition is the same; with it go all others that they have in common. */
function withFirst(tests: readonly Test[], c: CompileContext): string {
  const shortest = Math.min(...tests.map(({ conditions }) => conditions.length));
  let common = 0;
  while (common < shortest && new Set(tests.map(({ conditions }) => conditions[common]?.text)).size === 1)
    common++;
  const conditions = tests[0]?.conditions.slice(0, common) ?? [];
  const rest = tests.map((test) => ({ ...test, conditions: test.conditions.slice(common) }));
  const done = rest.filter((test) => test.conditions.length === 0).map(({ bad }) => bad);
  const more = rest.filter((test) => test.conditions.length > 0);
  const test = togetherText(
    '&&',
    conditions.map((condition) => condition.test),
    c,
  );
  return `if(${test}){${done.join('')}${joined(more, c)}}`;
}
