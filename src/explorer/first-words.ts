import { at } from '../lib/at.ts';
import type { Program } from '../program/instr.ts';
import { fieldOf } from '../program/layout.ts';
import { type LinkedInstr, linkInstr, machineOf, type ModelSpec, settle } from './model.ts';

/**
 * The words of a model's first state, as those of its machine. Nothing is linked but the local work that leads there: a search has its own
 * code for the rest.
 */
export function firstWords(spec: ModelSpec): Int32Array {
  const machine = machineOf(spec.initial());
  for (const { program } of spec.actors) {
    const pcOffset = fieldOf(spec.layout, program.pcField).offset;
    const start = machine.words[pcOffset] ?? 0;
    const instrs: LinkedInstr[] = [];
    for (const pc of onTheWay(program, start)) instrs[pc] = linkInstr(program, pc, spec);
    settle(machine, { instrs, pcOffset }, start);
  }
  return machine.words;
}

/** Instructions that local work from one can come to, with the steps and ends where it stops. */
function onTheWay({ instrs }: Program, from: number): ReadonlySet<number> {
  const seen = new Set([from]);
  // A set goes on to what is added meanwhile.
  for (const pc of seen) {
    const instr = at(instrs, pc);
    if (instr.k === 'local' || instr.k === 'branch') seen.add(pc + 1);
    if (instr.k === 'jump' || instr.k === 'branch') seen.add(instr.target);
  }
  return seen;
}
