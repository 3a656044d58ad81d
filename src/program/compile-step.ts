import { at } from '../lib/at.ts';
import { type CompileContext, testText } from './compile.ts';
import { bodyText, type Logged, writeText } from './compile-body.ts';
import { effectsOf } from './effects.ts';
import type { Program, Stmt } from './instr.ts';
import { fieldOf } from './layout.ts';
import { deadLocals } from './liveness.ts';

/** A program about to be written as one function for each of its steps. */
export interface StepWriter {
  readonly program: Program;
  readonly c: CompileContext;
  /** Makes the names of its functions unlike those of other programs. */
  readonly name: string;
  /** By instruction: locals that are 0 while control rests there. */
  readonly dead: readonly (readonly string[])[];
  /** Locals of which nobody knows that they are 0 where they are dead: others write them too, or move the pc. */
  readonly shared: ReadonlySet<string>;
}

/** `others`: fields that programs of other actors write. */
export function stepWriter(
  program: Program,
  name: string,
  c: CompileContext,
  others: ReadonlySet<string>,
): StepWriter {
  const isMoved = others.has(program.pcField);
  const shared = new Set(program.locals.filter((local) => isMoved || others.has(local)));
  return { program, c, name, dead: deadLocals(program), shared };
}

/** What one step does, as text, and where it can lead. */
export interface StepWork {
  /** Statements; they declare nothing and leave n, the length of the log. */
  readonly text: string;
  /** Fields that the step and the local work after it may write. */
  readonly writes: ReadonlySet<string>;
  /** Whether it hands local work to the loop of the program: see `goText`. */
  readonly loops: boolean;
}

/** The step at `pc` and the local work after it, up to the next step or end. Its guard is not in it. */
export function stepWork(w: StepWriter, pc: number): StepWork {
  const { instrs } = w.program;
  const instr = at(instrs, pc);
  if (instr.k !== 'step') throw new Error(`instruction ${String(pc)} of ${w.program.name} is no step`);
  const room = { left: MOST_INLINE };
  const logged: Logged = new Set();
  const body = bodyText(instr.body, w.c, logged);
  const path: Path = { w, from: pc, written: new Set(effectsOf(instr).writes), logged, room };
  const halted = restText({ ...path, logged: new Set(logged) }, instrs.length - 1);
  const next = arrivalText(path, pc + 1);
  const text = mayHalt(instr.body) ? `h=0;${body}if(h!==0){${halted}}else{${next}}` : body + next;
  const reached = reachedFrom(w.program, pc + 1).flatMap((i) => [...effectsOf(at(instrs, i)).writes]);
  const writes = new Set([...effectsOf(instr).writes, ...reached, ...w.program.locals, w.program.pcField]);
  return { text, writes, loops: room.left < 0 };
}

function mayHalt(body: readonly Stmt[]): boolean {
  return body.some((stmt) => stmt.k === 'halt' || (stmt.k === 'if' && mayHalt([...stmt.then, ...stmt.else])));
}

/** A way through local work that is being written. */
interface Path {
  readonly w: StepWriter;
  /** The step that it comes from. */
  readonly from: number;
  /** Fields written so far on this way. */
  readonly written: Set<string>;
  readonly logged: Logged;
  /** Instructions that may still be written in line, on all ways of this step together. */
  readonly room: { left: number };
}

const MOST_INLINE = 24;

/** Local work in line; where it goes round or becomes too long it is handed to the program's loop, `go`. */
function arrivalText(path: Path, start: number): string {
  const { w, room } = path;
  const { instrs } = w.program;
  let text = '';
  for (let pc = start; ;) {
    const instr = at(instrs, pc);
    if (instr.k === 'step' || instr.k === 'end') return text + restText(path, pc);
    if (--room.left < 0) return `${text}n=go${w.name}(${String(pc)},n);`;
    if (instr.k === 'local') text += bodyText(instr.body, w.c, path.logged);
    for (const field of instr.k === 'local' ? effectsOf(instr).writes : []) path.written.add(field);
    if (instr.k === 'branch') {
      const [yes, no] = [instr.target, pc + 1].map((to) =>
        arrivalText({ ...path, written: new Set(path.written), logged: new Set(path.logged) }, to),
      );
      return `${text}if(${testText(instr.test, w.c)}){${String(yes)}}else{${String(no)}}`;
    }
    pc = instr.k === 'jump' ? instr.target : pc + 1;
  }
}

/** Comes to rest: what nobody reads any more becomes 0, unless it certainly is. */
function restText({ w, from, written, logged }: Path, pc: number): string {
  const was = at(w.dead, from);
  const isZero = (local: string): boolean =>
    was.includes(local) && !written.has(local) && !w.shared.has(local);
  return arriveText(
    w,
    pc,
    at(w.dead, pc).filter((local) => !isZero(local)),
    logged,
  );
}

function arriveText({ c, program }: StepWriter, pc: number, dead: readonly string[], logged: Logged): string {
  const offset = (field: string): string => String(fieldOf(c.layout, field).offset);
  const zeroes = dead.map((local) => writeText(offset(local), '0', logged));
  return `${zeroes.join('')}${writeText(offset(program.pcField), String(pc), logged)}`;
}

/** `go<name>(pc, n)`: any local work of the program, from an instruction to the next step or end. Gives the new n. */
export function goText(w: StepWriter): string {
  const cases = w.program.instrs.map((instr, i) => {
    const next = String(i + 1);
    const head = `case ${String(i)}:`;
    if (instr.k === 'local') return `${head}${bodyText(instr.body, w.c, new Set())}pc=${next};continue;`;
    if (instr.k === 'jump') return `${head}pc=${String(instr.target)};continue;`;
    if (instr.k === 'branch')
      return `${head}pc=${testText(instr.test, w.c)}?${String(instr.target)}:${next};continue;`;
    return `${head}${arriveText(w, i, at(w.dead, i), new Set())}return n;`;
  });
  return `function go${w.name}(pc,n){let o=0,h=0;for(;;)switch(pc){${cases.join('\n')}default:throw new Error('no instruction');}}`;
}

/** Instructions that local work from one can come to, the steps and ends where it stops included. */
function reachedFrom({ instrs }: Program, from: number): readonly number[] {
  const seen = new Set<number>();
  const todo = [from];
  for (let i = todo.pop(); i !== undefined; i = todo.pop()) {
    const instr = at(instrs, i);
    if (seen.has(i) || instr.k === 'step' || instr.k === 'end') continue;
    seen.add(i);
    if (instr.k === 'local' || instr.k === 'branch') todo.push(i + 1);
    if (instr.k === 'jump' || instr.k === 'branch') todo.push(instr.target);
  }
  return [...seen];
}
