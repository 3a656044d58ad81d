import { type Expr, visitExpr } from './expr.ts';
import type { Instr, Program, Stmt } from './instr.ts';

/**
 * For each instruction the locals that nobody reads any more once control is there. They are set to 0 on arrival,
 * so that two states which differ only in forgotten values are one state.
 */
export function deadLocals(program: Program): readonly (readonly string[])[] {
  const locals = new Set(program.locals);
  const liveIn: Set<string>[] = program.instrs.map(() => new Set<string>());
  let changed = true;
  while (changed) {
    changed = false;
    for (let pc = program.instrs.length - 1; pc >= 0; pc--) {
      const live = liveBefore(program.instrs, pc, { liveIn, locals });
      const known = liveIn[pc];
      if (known === undefined || live.size === known.size) continue;
      liveIn[pc] = live;
      changed = true;
    }
  }
  return liveIn.map((live) => program.locals.filter((local) => !live.has(local)));
}

interface Flow {
  readonly liveIn: readonly Set<string>[];
  readonly locals: ReadonlySet<string>;
}

function liveBefore(instrs: readonly Instr[], pc: number, { liveIn, locals }: Flow): Set<string> {
  const instr = instrs[pc];
  const live = new Set<string>();
  if (instr === undefined) return live;
  for (const next of successors(instr, pc)) for (const local of liveIn[next] ?? []) live.add(local);
  const scope: Scope = { live, locals, certain: true };
  if (instr.k === 'branch') use(instr.test, scope);
  if (instr.k === 'step' || instr.k === 'local') backwards(instr.body, scope);
  if (instr.k === 'step') use(instr.guard, scope);
  return live;
}

function successors(instr: Instr, pc: number): readonly number[] {
  if (instr.k === 'end') return [];
  if (instr.k === 'jump') return [instr.target];
  if (instr.k === 'branch') return [pc + 1, instr.target];
  return [pc + 1];
}

interface Scope {
  readonly live: Set<string>;
  readonly locals: ReadonlySet<string>;
  /** False inside a loop: a value set there does not make the earlier one dead. */
  readonly certain: boolean;
}

function use(e: Expr, { live, locals }: Scope): void {
  visitExpr(e, (part) => {
    if ((part.k === 'get' || part.k === 'find') && locals.has(part.field)) live.add(part.field);
  });
}

function backwards(body: readonly Stmt[], scope: Scope): void {
  for (const stmt of [...body].reverse()) {
    switch (stmt.k) {
      case 'set':
        if (scope.certain) scope.live.delete(stmt.field);
        for (const part of [stmt.row, stmt.col, stmt.value]) use(part, scope);
        break;
      case 'if': {
        const otherwise = { ...scope, live: new Set(scope.live) };
        backwards(stmt.then, scope);
        backwards(stmt.else, otherwise);
        for (const local of otherwise.live) scope.live.add(local);
        use(stmt.test, scope);
        break;
      }
      case 'each':
        backwards(stmt.body, { ...scope, certain: false });
        break;
      case 'fill':
        use(stmt.row, scope);
        use(stmt.value, scope);
        break;
      case 'and-row':
        use(stmt.row, scope);
        use(stmt.mask, scope);
        break;
      case 'copy-row':
        use(stmt.to, scope);
        use(stmt.from, scope);
        break;
      case 'violate':
      case 'reach':
      case 'halt':
    }
  }
}
