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
  const use = (e: Expr): void => {
    visitExpr(e, (part) => {
      if ((part.k === 'get' || part.k === 'find') && locals.has(part.field)) live.add(part.field);
    });
  };
  if (instr.k === 'branch') use(instr.test);
  if (instr.k === 'step' || instr.k === 'local') backwards(instr.body, { live, use, certain: true });
  if (instr.k === 'step') use(instr.guard);
  return live;
}

function successors(instr: Instr, pc: number): readonly number[] {
  if (instr.k === 'end') return [];
  if (instr.k === 'jump') return [instr.target];
  if (instr.k === 'branch') return [pc + 1, instr.target];
  return [pc + 1];
}

interface Backwards {
  readonly live: Set<string>;
  readonly use: (e: Expr) => void;
  /** False inside a conditional: a value set there does not make the earlier one dead. */
  readonly certain: boolean;
}

function backwards(body: readonly Stmt[], { live, use, certain }: Backwards): void {
  for (const stmt of [...body].reverse()) {
    switch (stmt.k) {
      case 'set':
        if (certain) live.delete(stmt.field);
        for (const part of [stmt.row, stmt.col, stmt.value]) use(part);
        break;
      case 'if':
        for (const branch of [stmt.then, stmt.else]) backwards(branch, { live, use, certain: false });
        use(stmt.test);
        break;
      case 'each':
        backwards(stmt.body, { live, use, certain: false });
        break;
      case 'fill':
        use(stmt.row);
        use(stmt.value);
        break;
      case 'and-row':
        use(stmt.row);
        use(stmt.mask);
        break;
      case 'copy-row':
        use(stmt.to);
        use(stmt.from);
        break;
      case 'violate':
      case 'reach':
      case 'halt':
    }
  }
}
