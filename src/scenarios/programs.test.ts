import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../designs/versions.ts';
import type { Design } from '../kernel/design.ts';
import { at } from '../lib/at.ts';
import { effectsOf } from '../program/effects.ts';
import { type Expr, visitExpr } from '../program/expr.ts';
import type { Instr, Program, Stmt, Template } from '../program/instr.ts';
import { deadLocals } from '../program/liveness.ts';
import { fieldOf } from '../program/layout.ts';
import { buildModel } from './build.ts';
import { SCENARIOS } from './scenarios.ts';

const cases = SCENARIOS.flatMap((scenario) =>
  VERSIONS.map(({ id, design }) => ({ name: `${scenario.id} x ${id}`, scenario, design })),
);
const lookAgain: Partial<Design> = {
  emptyUpper: 'look-again',
  flagClear: 'before-and-wait',
  faultSleep: 'rewalk',
};
const more = SCENARIOS.map((scenario) => ({
  name: `${scenario.id} x look-again`,
  scenario,
  design: { ...at(VERSIONS, 4).design, ...lookAgain, onNoMemory: 'finish' as const },
}));

/**
 * A count of walks starts at 0 and is kept. The pointers of relocate_table are read unset where its delimbo finds no mark:
 * possible only for a flag without a mutex, and then nothing is moved.
 */
const STARTS_AT_ZERO = /^spec\d+\.walks$|\.rel_\w+_table$/;

function localsIn(e: Expr, locals: ReadonlySet<string>): string[] {
  const found: string[] = [];
  visitExpr(e, (part) => {
    if ((part.k === 'get' || part.k === 'find') && locals.has(part.field)) found.push(part.field);
  });
  return found;
}

const inTemplate = (template: Template, locals: ReadonlySet<string>): string[] =>
  template.flatMap((part) => (typeof part === 'string' ? [] : localsIn(part.value, locals)));

/** Locals that violation texts of a body mention before the body itself has set them. */
function inViolations(body: readonly Stmt[], locals: ReadonlySet<string>, known: Set<string>): string[] {
  return body.flatMap((stmt): string[] => {
    if (stmt.k === 'set') known.add(stmt.field);
    if (stmt.k === 'violate') return inTemplate(stmt.why, locals).filter((local) => !known.has(local));
    if (stmt.k === 'if')
      return [stmt.then, stmt.else].flatMap((part) => inViolations(part, locals, new Set(known)));
    return stmt.k === 'each' ? inViolations(stmt.body, locals, known) : [];
  });
}

/** Texts of a program that mention a local whose value is forgotten where they are read. */
function texts(program: Program): string[] {
  const locals = new Set(program.locals);
  const dead = deadLocals(program);
  return program.instrs.flatMap((instr, pc) => {
    if (instr.k !== 'step') return [];
    const gone = new Set(at(dead, pc));
    const mentioned = [...inTemplate(instr.label, locals), ...inTemplate(instr.wait, locals)];
    const all = [...mentioned, ...inViolations(instr.body, locals, new Set())];
    return all
      .filter((local) => gone.has(local))
      .map((local) => `${JSON.stringify(instr.label)} mentions ${local}`);
  });
}

function reachable(program: Program): ReadonlySet<number> {
  const seen = new Set<number>();
  const todo = [0];
  for (let pc = todo.pop(); pc !== undefined; pc = todo.pop()) {
    if (seen.has(pc)) continue;
    seen.add(pc);
    todo.push(...successors(at(program.instrs, pc), pc));
  }
  return seen;
}

function successors(instr: Instr, pc: number): number[] {
  if (instr.k === 'end') return [];
  if (instr.k === 'jump') return [instr.target];
  return instr.k === 'branch' ? [pc + 1, instr.target] : [pc + 1];
}

describe.each([...cases, ...more])('$name', ({ scenario, design }) => {
  const { model } = buildModel(scenario, design);

  it('labels, waits and violations mention no local whose value is forgotten by then', () => {
    expect(model.actors.flatMap(({ program }) => texts(program))).toEqual([]);
  });

  it('no actor reads a local before something can have set it', () => {
    for (const { program } of model.actors) {
      const live = program.locals.filter((local) => !at(deadLocals(program), 0).includes(local));
      expect(live.filter((local) => !STARTS_AT_ZERO.test(local))).toEqual([]);
    }
  });

  it('programs name only fields that exist, and their jumps end somewhere', () => {
    for (const { program } of model.actors)
      for (const pc of reachable(program)) {
        const instr = at(program.instrs, pc);
        const { reads, writes } = effectsOf(instr);
        for (const field of [...reads, ...writes]) fieldOf(model.layout, field);
        expect(program.lines[instr.line]).toBeDefined();
      }
  });

  it('only checks read ghost state: no guard, branch or value that others see comes from one', () => {
    for (const { program } of model.actors)
      for (const instr of program.instrs) {
        if (instr.k === 'branch') expect(ghosts(instr.test)).toEqual([]);
        if (instr.k === 'step') expect(ghosts(instr.guard)).toEqual([]);
        if (instr.k === 'step' || instr.k === 'local') expect(leaked(instr.body)).toEqual([]);
      }
  });
});

const isGhost = (field: string): boolean => field.startsWith('ghost.');

function ghosts(e: Expr): string[] {
  const found: string[] = [];
  visitExpr(e, (part) => {
    if ((part.k === 'get' || part.k === 'find') && isGhost(part.field)) found.push(part.field);
  });
  return found;
}

/** Writes to state that is not ghost whose value comes from a ghost. */
function leaked(body: readonly Stmt[]): string[] {
  return body.flatMap((stmt): string[] => {
    if (stmt.k === 'set' && !isGhost(stmt.field)) return [stmt.row, stmt.col, stmt.value].flatMap(ghosts);
    if (stmt.k === 'if') {
      const inside = [...stmt.then, ...stmt.else];
      const judged = inside.every(
        (s) => s.k === 'violate' || s.k === 'reach' || (s.k === 'set' && isGhost(s.field)),
      );
      return [...(judged ? [] : ghosts(stmt.test)), ...leaked(inside)];
    }
    return stmt.k === 'each' ? leaked(stmt.body) : [];
  });
}
