import { describe, expect, it } from 'vitest';
import { FRAME_KINDS } from '../../machine/world.ts';
import { farSigns, type Mark } from './far-signs.ts';

const window = { widthPx: 20, heightPx: 10 };
const kindsOf = (marks: readonly Mark[]) => farSigns(marks, window).map(({ kind }) => kind);

describe('the signs of frames that are smaller than their signs', () => {
  it('are one for each pixel, that of the kind which matters most', () => {
    const tables: readonly Mark[] = Array.from({ length: 100 }, (_, i) => ({
      kind: 'table',
      x: 3 + i / 100,
      y: 4.5,
    }));
    const [signs, ...others] = farSigns(tables, window);
    expect(others).toEqual([]);
    expect(signs?.spots).toHaveLength(1);
    expect(kindsOf([{ kind: 'limbo', x: 3.2, y: 4.9 }, ...tables])).toEqual(['limbo']);
    expect(kindsOf([{ kind: 'limbo', x: 3.2, y: 5 }, ...tables])).toEqual(['table', 'limbo']);
  });

  it('are painted for every kind', () => {
    const marks = FRAME_KINDS.map((kind, x) => ({ kind, x, y: 1 }));
    expect(kindsOf(marks).toSorted()).toEqual([...FRAME_KINDS].toSorted());
  });

  it('are left out outside of the window', () => {
    expect(kindsOf([{ kind: 'new', x: 21, y: 1 }])).toEqual([]);
    expect(kindsOf([{ kind: 'new', x: 1, y: -0.1 }])).toEqual([]);
  });
});
