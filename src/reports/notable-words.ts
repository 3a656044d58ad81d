/** What happens at each notable moment that programs tell of (`k: 'reach'`), as a clause. */
const WORDS: Readonly<Record<string, string>> = {
  'walk-through-limbo': 'a CPU walks through a table in limbo',
  'dirty-in-limbo': 'a CPU sets D in a table in limbo',
  'lazy-cpu-leaves': 'a lazy CPU leaves the process instead of flushing',
  'out-of-memory': 'an allocation finds no free frame',
  'no-memory': 'a relocation finds no free frame for the new table',
  'double-relocation': 'a table moves whose predecessor is still in limbo',
  'delimbo-changes-table': 'delimbo leads to another table than the one found first',
};

/** A moment in words; its id where it is of a program that this one does not know. */
export function notableInWords(id: string): string {
  return WORDS[id] ?? id;
}
