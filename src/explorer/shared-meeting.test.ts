import { describe, expect, it } from 'vitest';
import { abandonSearch, comeIn, decide, isLetIn, meet } from './shared-meeting.ts';
import { createSharedSpace, Word } from './shared-space.ts';

const space = () => createSharedSpace(3, 1, { maxStates: 1000, maxBytes: 1e6 });

describe('a meeting of workers that search together', () => {
  it('lets in who asked, but only once it is over: who began before would be counted in it', () => {
    const shared = space();
    const { control } = shared;
    Atomics.add(control, Word.asking, 1);
    const during: boolean[] = [];
    meet(shared, () => {
      decide(shared);
      during.push(isLetIn(control, 0, Atomics.load(control, Word.generation)));
    });
    expect(during).toEqual([false]);
    expect(isLetIn(control, 0, Atomics.load(control, Word.generation))).toBe(true);
  });

  it('does not let in who asks later, until the next one', () => {
    const shared = space();
    const { control } = shared;
    meet(shared, () => decide(shared));
    Atomics.add(control, Word.asking, 1);
    expect(isLetIn(control, 0, Atomics.load(control, Word.generation))).toBe(false);
  });

  it('is waited for by nobody where the search is over, nor where a worker cannot go on', () => {
    const shared = space();
    abandonSearch(shared);
    Atomics.store(shared.control, Word.admitted, 2);
    meet(shared, () => expect.unreachable('two others did not come'));
    Atomics.store(shared.control, Word.admitted, 0);
    expect(comeIn(shared)).toBe(false);
  });
});
