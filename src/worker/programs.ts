import { at } from '../lib/at.ts';
import { buildModel } from '../scenarios/build.ts';
import type { Instr, Program } from '../program/instr.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Design } from '../kernel/design.ts';
import type { Code } from './outer-line.ts';

/** What one actor would run, as pseudo-code. */
export interface ProgramText extends Code {
  /** Its id: `cpu0`, `ipi1`, `rcu`. */
  readonly actor: string;
  readonly cpu: number;
  readonly name: string;
  /** For each line what is done there, as a text to be compared: lines that read the same may do something else. */
  readonly work: readonly string[];
}

/** What everybody would run in a design, without opening a run of it. */
export function programsOf({
  scenario,
  design,
}: {
  scenario: Scenario;
  design: Design;
}): readonly ProgramText[] {
  const { model, actors } = buildModel(scenario, design);
  return actors.flatMap(({ id, cpu, name }, i) => {
    const program = model.actors[i]?.program;
    return program === undefined
      ? []
      : [{ actor: id, cpu, name, lines: program.lines, calls: program.calls, work: workOf(program) }];
  });
}

/** Jumps by the line they lead to: where only the numbers of instructions move, nothing else is done. */
function workOf({ lines, instrs }: Program): readonly string[] {
  const work = lines.map(() => '');
  const target = (instr: Instr): number | undefined =>
    'target' in instr ? instrs[instr.target]?.line : undefined;
  for (const instr of instrs)
    work[instr.line] = `${at(work, instr.line)}${JSON.stringify({ ...instr, target: target(instr) })}`;
  return work;
}
