import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exerciseKind } from './exercises/exercise.ts';
import { resolveSource } from './worker/source.ts';
import { SCREENS } from './screens.ts';
import { CHALLENGES } from './lessons/challenges.ts';
import { CONCEPTS } from './lessons/concepts.ts';
import { lessonOf, LESSONS } from './lessons/lessons.ts';

const root = new URL('../', import.meta.url);
const sources = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
);
const texts = ['README.md', ...sources.map((name) => `src/${name}`)].map((name) => ({
  name,
  text: readFileSync(new URL(name, root), 'utf8'),
}));

/** What a pattern's first group finds, anywhere in the page's sources and the README. */
function named(pattern: RegExp): readonly string[] {
  return texts.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name));
}

describe('links', () => {
  it('of the index lead to a step of a lesson that is there', () => {
    for (const { word, lesson, step } of CONCEPTS) expect(lessonOf(lesson)?.steps[step], word).toBeDefined();
  });

  it('of lessons and challenges lead to scenarios and designs that are there', () => {
    const opened = LESSONS.flatMap(({ source, steps }) => [
      source,
      ...steps.flatMap(({ opens }) => opens ?? []),
    ]);
    const played = CHALLENGES.map(({ subject }) => ({ kind: 'scenario', ...subject }) as const);
    for (const source of [...opened, ...played]) expect(() => resolveSource(source, null)).not.toThrow();
  });

  it('to a screen or a companion name one that is there', () => {
    const screens = new Set(['workbench', ...SCREENS.screens.map(({ id }) => id)]);
    const asked = [...named(/#screen=([\w-]+)/g), ...named(/showScreen\('([\w-]+)'/g)];
    expect(asked).toContain('learn');
    expect(asked.filter((id) => !screens.has(id) && id !== 'ID')).toEqual([]);
    const docks = SCREENS.docks.map(({ id }) => id);
    expect(named(/showDock\('([\w-]+)'/g).filter((id) => !docks.includes(id))).toEqual([]);
  });

  it('to a sheet name a kind that is there', () => {
    const kinds = named(/[?&]sheet=([\w-]+)/g);
    expect(kinds.length).toBeGreaterThan(0);
    expect(kinds.filter((kind) => exerciseKind(kind) === null)).toEqual([]);
  });
});
