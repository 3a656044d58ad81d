import { describe, expect, it } from 'vitest';
import { type Gathering, gathered } from './gathering.ts';
import { createRng } from '../lib/rng.ts';

interface Step {
  readonly name: number;
}

/** Gathers all names, and counts what was looked at. */
function gatherNames() {
  const looked = { at: 0 };
  const namesOf = gathered((): Gathering<Step, readonly number[]> => {
    const names: number[] = [];
    return {
      add: ({ name }) => {
        names.push(name);
        looked.at += 1;
      },
      read: () => [...names],
    };
  });
  return { looked, namesOf };
}

describe('what is gathered from a growing list', () => {
  it('is what a look at the whole list gives, while it grows, is cut, and goes on otherwise', () => {
    const { namesOf } = gatherNames();
    const rng = createRng(7);
    let list: readonly Step[] = [];
    for (let i = 0; i < 500; i++) {
      const kept = rng.next(4) === 0 ? list.slice(0, rng.next(list.length + 1)) : list;
      list = [...kept, ...Array.from({ length: rng.next(4) }, () => ({ name: rng.next(1000) }))];
      expect(namesOf(list)).toEqual(list.map(({ name }) => name));
    }
  });

  it('costs a look at each element that was added', () => {
    const { looked, namesOf } = gatherNames();
    const all = Array.from({ length: 100 }, (_, name) => ({ name }));
    for (let length = 0; length <= 100; length += 10) namesOf(all.slice(0, length));
    expect(looked.at).toBe(100);
  });

  it('stays as it was given out', () => {
    const { namesOf } = gatherNames();
    const first = namesOf([{ name: 1 }]);
    namesOf([{ name: 1 }, { name: 2 }]);
    expect(first).toEqual([1]);
  });
});
