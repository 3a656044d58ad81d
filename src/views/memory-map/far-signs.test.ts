import { describe, expect, it } from 'vitest';
import { FRAME_KINDS, type FrameKind, kindNumber } from '../../machine/world.ts';
import { farSigns, farSpots } from './far-signs.ts';

interface Mark {
  readonly kind: FrameKind;
  readonly x: number;
  readonly y: number;
}

function signsOf(marks: readonly Mark[]) {
  const centreOf = (frame: number) => marks[frame - 1] ?? { x: -1, y: -1 };
  const spots = farSpots({ frames: marks.length, centreOf, widthPx: 20, heightPx: 10 });
  return farSigns(spots, Int32Array.from([0, ...marks.map(({ kind }) => kindNumber(kind))]));
}

const kindsOf = (marks: readonly Mark[]) => signsOf(marks).map(({ kind }) => kind);

describe('the signs of frames that are smaller than their signs', () => {
  it('are one for each pixel, that of the kind which matters most', () => {
    const tables: readonly Mark[] = Array.from({ length: 100 }, (_, i) => ({
      kind: 'table',
      x: 3 + i / 100,
      y: 4.5,
    }));
    const [signs, ...others] = signsOf(tables);
    expect(others).toEqual([]);
    expect(signs?.spots).toEqual([{ x: 3, y: 4.5 }]);
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
