import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { createJournal, moveBack, moveOn, undoTo, writeWord } from './journal.ts';

const WORDS = 8;
const writes = fc.array(fc.tuple(fc.nat(WORDS - 1), fc.nat(3)), { maxLength: 60 });

/** A journal of all writes, with a plain copy of the state and the journal's length after each. */
function recorded(list: readonly (readonly [number, number])[]) {
  const words = new Int32Array(WORDS);
  const journal = createJournal(2);
  const copies = [words.slice()];
  const marks = [0];
  for (const [offset, value] of list) {
    writeWord(words, journal, offset, value);
    copies.push(words.slice());
    marks.push(journal.length);
  }
  return { words, journal, copies, marks };
}

describe('journal', () => {
  it('going back and on between any moments gives the states that were there', () => {
    fc.assert(
      fc.property(writes, fc.array(fc.nat(), { maxLength: 10 }), (list, visits) => {
        const { words, journal, copies, marks } = recorded(list);
        let now = list.length;
        for (const visit of visits) {
          const target = visit % (list.length + 1);
          const span = { from: at(marks, now), to: at(marks, target) };
          (target < now ? moveBack : moveOn)(words, journal, span);
          now = target;
          expect(words).toEqual(copies[now]);
        }
      }),
    );
  });

  it('undoing to a mark restores the state of then, and forgets what came after', () => {
    fc.assert(
      fc.property(writes, fc.nat(), (list, nth) => {
        const { words, journal, copies, marks } = recorded(list);
        const target = nth % (list.length + 1);
        undoTo(words, journal, at(marks, target));
        expect(words).toEqual(copies[target]);
        expect(journal.length).toBe(marks[target]);
      }),
    );
  });

  it('a write that changes nothing leaves no trace', () => {
    const { words, journal } = recorded([
      [1, 2],
      [1, 2],
      [3, 0],
    ]);
    expect(journal.length).toBe(1);
    expect(words[1]).toBe(2);
  });

  it('a write outside the state is refused', () => {
    expect(() => {
      writeWord(new Int32Array(2), createJournal(), 2, 1);
    }).toThrow('outside the state, at word 2');
  });
});
