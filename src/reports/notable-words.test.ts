import { expect, it } from 'vitest';
import { VERSIONS } from '../designs/versions.ts';
import { buildModel } from '../scenarios/build.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import { notableInWords } from './notable-words.ts';

const told = VERSIONS.flatMap(({ design }) =>
  SCENARIOS.flatMap((scenario) => buildModel(scenario, design).model.actors),
).flatMap(({ program }) =>
  [...JSON.stringify(program.instrs).matchAll(/"k":"reach","moment":"([^"]+)"/g)].map(([, id = '']) => id),
);
const moments = new Set([...told, ...SCENARIOS.flatMap(({ sometimes }) => sometimes)]);

it('every notable moment of every program and every one that a scenario is for has words', () => {
  expect(moments.size).toBeGreaterThan(5);
  for (const id of moments) expect(notableInWords(id), id).not.toBe(id);
});
