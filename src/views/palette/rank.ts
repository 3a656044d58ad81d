/**
 * How well a command answers what was typed, from 0 (not at all) to 1: each typed word must stand somewhere in the text,
 * and is worth more at the start of the text, less at the start of a word, least inside one. Letters scattered over
 * several words are no answer.
 */
export function rank(typed: string, text: string): number {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const said = text.toLowerCase();
  if (words.length === 0) return 1;
  const worths = words.map((word) => worthOf(word, said));
  if (worths.includes(0)) return 0;
  return worths.reduce((sum, worth) => sum + worth, 0) / worths.length;
}

function worthOf(word: string, text: string): number {
  if (text.startsWith(word)) return 1;
  const at = text.indexOf(word);
  if (at < 0) return 0;
  return startsWordSomewhere(word, text) ? 0.7 : 0.3;
}

function startsWordSomewhere(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  return false;
}
