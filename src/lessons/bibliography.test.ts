import { describe, expect, it } from 'vitest';
import { BIBLIOGRAPHY } from './bibliography.ts';
import { CHALLENGES } from './challenges.ts';
import { CONCEPTS } from './concepts.ts';
import { LESSONS } from './lessons.ts';

const steps = LESSONS.flatMap((lesson) =>
  lesson.steps.map(({ sources }, i) => ({ where: `${lesson.id}, step ${String(i + 1)}`, sources })),
);
const challenges = CHALLENGES.map(({ id, sources }) => ({ where: `challenge ${id}`, sources }));
const concepts = CONCEPTS.map(({ word, sources }) => ({ where: `index, ${word}`, sources }));
const cited = [...steps, ...challenges, ...concepts];

describe('the bibliography', () => {
  it.each(cited)('is cited at $where, each work once', ({ sources }) => {
    expect(sources.length).toBeGreaterThan(0);
    expect(new Set(sources).size).toBe(sources.length);
  });

  it('names nothing that is not cited', () => {
    const used = new Set<string>(cited.flatMap(({ sources }) => sources));
    expect(Object.keys(BIBLIOGRAPHY).filter((id) => !used.has(id))).toEqual([]);
  });

  it('says of each work what it is and when, so that it can be found', () => {
    for (const text of Object.values(BIBLIOGRAPHY))
      expect(text).toMatch(
        /Intel SDM, volume 3, 4\.|Linux.*(\.[ch]|\/)|Linux (commit|merge) \w{12}|linux-mm, .*200[78]|ASPLOS/,
      );
  });
});
