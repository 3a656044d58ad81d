/** Syllables of an English word, as groups of vowels: a silent e at its end is none, and each word has one at least. */
export function syllables(word: string): number {
  const plain = word.toLowerCase().replace(/[^a-z]/g, '');
  const spoken = plain.replace(/(?:[^laeiouy]es|[^td]ed|[^aeiouyl]e)$/, '');
  return Math.max(1, (spoken.match(/[aeiouy]+/g) ?? []).length);
}

/**
 * The Flesch-Kincaid grade: years at an American school after which a text is read with ease (Kincaid and others, 1975).
 * Sentences end at a full stop, a question mark or a colon.
 */
export function readingGrade(text: string): number {
  const sentences = text.split(/[.?!:;](?:\s|$)/).filter((part) => /\w/.test(part));
  const words = text.match(/[A-Za-z][\w’'.[\]-]*/g) ?? [];
  if (words.length === 0) return 0;
  const sounds = words.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (sounds / words.length) - 15.59;
}
