import { at } from '../lib/at.ts';
import { type Expr, visitExpr } from './expr.ts';
import type { Instr, Program, Stmt } from './instr.ts';

type Dead = readonly (readonly string[])[];

/** Programs are never changed; a machine and an engine ask for the same. */
const known = new WeakMap<Program, Dead>();

/**
 * For each instruction the locals that nobody reads any more once control is there. They are set to 0 on arrival,
 * so that two states which differ only in forgotten values are one state.
 */
export function deadLocals(program: Program): Dead {
  const found = known.get(program) ?? findDead(program);
  known.set(program, found);
  return found;
}

function findDead(program: Program): Dead {
  const locals = new Set(program.locals);
  const works = program.instrs.map((instr) => workOf(instr, locals));
  const liveIn = program.instrs.map(() => new Set<string>());
  for (let changed = true; changed;) {
    changed = false;
    for (let pc = program.instrs.length - 1; pc >= 0; pc--)
      if (growLive(program.instrs, pc, works, liveIn)) changed = true;
  }
  return liveIn.map((live) => program.locals.filter((local) => !live.has(local)));
}

/** Adds to what is live before an instruction what its successors want and it does not give; true if that was anything new. */
function growLive(
  instrs: readonly Instr[],
  pc: number,
  works: readonly Work[],
  liveIn: readonly Set<string>[],
): boolean {
  const live = at(liveIn, pc);
  const { used, given } = at(works, pc);
  const before = live.size;
  for (const local of used) live.add(local);
  for (const next of successors(at(instrs, pc), pc))
    for (const local of liveIn[next] ?? []) if (!given.has(local)) live.add(local);
  return live.size > before;
}

function successors(instr: Instr, pc: number): readonly number[] {
  if (instr.k === 'end') return [];
  if (instr.k === 'jump') return [instr.target];
  if (instr.k === 'branch') return [pc + 1, instr.target];
  return [pc + 1];
}

/** What some work does to locals: those whose value before it is read, and those that certainly get another. */
interface Work {
  readonly used: Set<string>;
  readonly given: Set<string>;
}

function workOf(instr: Instr, locals: ReadonlySet<string>): Work {
  const scope: Scope = { used: new Set(), given: new Set(), locals, certain: true };
  if (instr.k === 'branch') use(instr.test, scope);
  if (instr.k === 'step' || instr.k === 'local') backwards(instr.body, scope);
  if (instr.k === 'step') use(instr.guard, scope);
  return scope;
}

interface Scope extends Work {
  readonly locals: ReadonlySet<string>;
  /** False inside a loop: a value set there does not make the earlier one dead. */
  readonly certain: boolean;
}

function use(e: Expr, { used, locals }: Scope): void {
  visitExpr(e, (part) => {
    if ((part.k === 'get' || part.k === 'find') && locals.has(part.field)) used.add(part.field);
  });
}

function give(local: string, { used, given, certain }: Scope): void {
  if (!certain) return;
  used.delete(local);
  given.add(local);
}

function backwards(body: readonly Stmt[], scope: Scope): void {
  for (const stmt of body.toReversed()) {
    switch (stmt.k) {
      case 'set':
        give(stmt.field, scope);
        for (const part of [stmt.row, stmt.col, stmt.value]) use(part, scope);
        break;
      case 'if':
        eitherWay(stmt, scope);
        break;
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

/** Before an `if` is read what either way reads; given is only what both ways give. */
function eitherWay(stmt: Extract<Stmt, { k: 'if' }>, scope: Scope): void {
  const otherwise = { ...scope, used: new Set(scope.used), given: new Set(scope.given) };
  backwards(stmt.then, scope);
  backwards(stmt.else, otherwise);
  for (const local of otherwise.used) scope.used.add(local);
  for (const local of scope.given) if (!otherwise.given.has(local)) scope.given.delete(local);
  use(stmt.test, scope);
}
