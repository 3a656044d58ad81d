import { describe, expect, it } from 'vitest';
import { LESSONS } from './lessons.ts';
import { readingGrade, syllables } from './testing/reading-grade.ts';
import { ALL_TEXTS, textsOfLesson } from './testing/texts.ts';
import { WORDS, wordsOf } from './testing/words.ts';

const unknownIn = (texts: readonly string[]): readonly string[] =>
  texts.flatMap(wordsOf).filter((word) => !WORDS.includes(word));

describe('spelling', () => {
  it.each(ALL_TEXTS)('is known for every word of $where', ({ texts }) => {
    expect(unknownIn(texts)).toEqual([]);
  });

  it('sees what is wrong, and leaves names of code alone', () => {
    expect(
      unknownIn(['The hardwear sets pte[1], NEED_FLUSH and mm.pgd of CPU0 in a paging-structur cache.']),
    ).toEqual(['hardwear', 'structur']);
  });

  it('is listed once, in order, and for words in use only', () => {
    expect([...new Set(WORDS)].sort()).toEqual(WORDS);
    const used = new Set(ALL_TEXTS.flatMap(({ texts }) => texts).flatMap(wordsOf));
    expect(WORDS.filter((word) => !used.has(word))).toEqual([]);
  });
});

describe('reading', () => {
  /** A grade that children of eleven read with ease: all that is hard should be the matter itself. */
  const HIGHEST_GRADE = 5;

  it.each(LESSONS)('lesson $id is easy: no sentence above 32 words, and a low grade', (lesson) => {
    const sentences = textsOfLesson(lesson).flatMap((text) => text.split(/(?<=[.?!;:])\s/));
    for (const sentence of sentences) expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(32);
    expect(readingGrade(sentences.map((text) => text.replace(/[.?!;:…]*$/, '.')).join(' '))).toBeLessThan(
      HIGHEST_GRADE,
    );
  });

  it('is graded by the formula of Flesch and Kincaid', () => {
    expect(['page', 'table', 'tables', 'walked', 'needed', 'relocation'].map(syllables)).toEqual([
      1, 2, 2, 1, 2, 4,
    ]);
    expect(readingGrade('The cat sat on the mat.')).toBeCloseTo(0.39 * 6 + 11.8 - 15.59);
    expect(
      readingGrade(
        'Speculative translation necessitates immediate architectural synchronisation of every processor.',
      ),
    ).toBeGreaterThan(HIGHEST_GRADE);
  });
});
