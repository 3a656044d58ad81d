import { buildModel } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Design } from '../kernel/design.ts';
import type { Code } from './outer-line.ts';

/** What one actor would run, as pseudo-code. */
export interface ProgramText extends Code {
  /** Its id: `cpu0`, `ipi1`, `rcu`. */
  readonly actor: string;
  readonly cpu: number;
  readonly name: string;
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
      : [{ actor: id, cpu, name, lines: program.lines, calls: program.calls }];
  });
}
