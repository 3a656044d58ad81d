import { describe, expect, it } from 'vitest';
import { createModel } from '../explorer/model.ts';
import { possibleStates } from '../explorer/possible-states.ts';
import { createRun, enabledMoves, seededMove, step } from '../explorer/run.ts';
import { valueIn } from '../explorer/value-in.ts';
import { at } from '../lib/at.ts';
import { linkExpr } from '../program/interpret.ts';
import { fieldOf, locate } from '../program/layout.ts';
import { buildModel } from './build.ts';
import { scenarioOf } from './scenarios.ts';
import { designOf } from './testing/rig.ts';

const CASES = [
  ['two-relocators', '2008-01-17'],
  ['lazy', 'repaired'],
  ['speculative', '2008-04-29'],
  ['fork', 'limbo-repaired'],
  ['tree3', 'invalidate-first'],
  ['pae', '2008-05-09'],
] as const;

function specOf(id: string, version: string) {
  const scenario = scenarioOf(id);
  if (scenario === null) throw new Error(`no scenario ${id}`);
  return buildModel(scenario, designOf(version)).model;
}

describe('what states may be like', () => {
  it.each(CASES)('leaves out no value and no place that a run comes to: %s, %s', (id, version) => {
    const spec = specOf(id, version);
    const { words, reached } = possibleStates(spec);
    const pcs = spec.actors.map(({ program }) => fieldOf(spec.layout, program.pcField).offset);
    for (let seed = 1; seed <= 25; seed++) {
      const run = createRun(createModel(spec));
      for (
        let move = seededMove(run, seed);
        move !== null && run.cursor < 400;
        move = seededMove(run, seed)
      ) {
        step(run, move);
        const state = run.machine.words;
        const missed = words.findIndex((values, word) => values?.has(at(state, word)) === false);
        expect(
          missed < 0 ? '' : `${locate(spec.layout, missed)?.field.name ?? ''} = ${String(state[missed])}`,
        ).toBe('');
        expect(pcs.every((offset, actor) => reached[actor]?.[at(state, offset)] === true)).toBe(true);
      }
    }
  });

  it('says where nobody can come: to an IPI for a CPU that is in no mask', () => {
    const spec = specOf('two-relocators', '2008-05-09');
    const { reached } = possibleStates(spec);
    const sends = spec.actors.flatMap(({ id, program }, actor) =>
      program.instrs.flatMap((instr, pc) =>
        instr.k === 'step' && instr.tag === 'ipi-send' && reached[actor]?.[pc] === true
          ? [`${id} ${instr.label.filter((part) => typeof part === 'string').join('')}`]
          : [],
      ),
    );
    expect(sends.length).toBeGreaterThan(0);
    expect(sends.every((send) => /^cpu[12] .* to CPU0$/.test(send))).toBe(true);
  });
});

describe('an expression that asks for what it reads', () => {
  it('has the value that it has in the interpreter, in every guard of a run', () => {
    let compared = 0;
    for (const [id, version] of CASES) {
      const spec = specOf(id, version);
      const guards = spec.actors.flatMap(({ program }) =>
        program.instrs.flatMap((instr) =>
          instr.k === 'step' ? [instr.guard] : instr.k === 'branch' ? [instr.test] : [],
        ),
      );
      const tests = [...guards, ...spec.invariants.map(({ broken }) => broken)].filter(
        ({ k }) => k !== 'const',
      );
      const linked = tests.map((test) => linkExpr(test, spec));
      const run = createRun(createModel(spec));
      while (enabledMoves(run).length > 0 && run.cursor < 40) {
        step(run, seededMove(run, 5) ?? at(enabledMoves(run), 0));
        const { machine } = run;
        const reader = {
          word: (word: number) => at(machine.words, word),
          move: () => machine.move,
          each: () => 0,
        };
        for (const [i, test] of tests.entries())
          expect(valueIn(spec, test, reader)).toBe(at(linked, i)(machine));
        compared += tests.length;
      }
    }
    expect(compared).toBeGreaterThan(1000);
  });
});
