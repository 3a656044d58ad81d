import { expect, it } from 'vitest';
import { versionOf } from '../designs/versions.ts';
import { firstWords } from '../explorer/first-words.ts';
import { createMachine, createModel } from '../explorer/model.ts';
import { buildModel } from './build.ts';
import { SCENARIOS } from './scenarios.ts';

it('are those of a machine that was just made, in every scenario', () => {
  const design = versionOf('repaired')?.design;
  if (design === undefined) throw new Error('no repaired design');
  for (const scenario of SCENARIOS) {
    const { model } = buildModel(scenario, design);
    expect(firstWords(model), scenario.id).toEqual(createMachine(createModel(model)).words);
  }
});
