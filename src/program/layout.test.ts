import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldOf, locate, placeFields, readField } from './layout.ts';

const size = fc.integer({ min: 1, max: 5 });
const fields = fc
  .array(fc.tuple(size, size), { minLength: 1, maxLength: 8 })
  .map((sizes) =>
    sizes.map(([rows, cols], i) => ({ name: `f${String(i)}`, rows, cols, max: 9, ghost: false })),
  );

describe('layout', () => {
  it('gives every word of the state to exactly one element, and locate finds it', () => {
    fc.assert(
      fc.property(fields, (list) => {
        const layout = placeFields(list);
        const words = Int32Array.from({ length: layout.words }, (_, i) => i);
        let next = 0;
        for (const { name, rows, cols } of list)
          for (let row = 0; row < rows; row++)
            for (let col = 0; col < cols; col++) {
              expect(readField(layout, words, name, col, row)).toBe(next);
              expect(locate(layout, next)).toMatchObject({ field: { name }, row, col });
              next += 1;
            }
        expect(layout.words).toBe(next);
        expect(locate(layout, next)).toBeNull();
        expect(locate(layout, -1)).toBeNull();
      }),
    );
  });

  it('refuses a name used twice, a field without elements, and a name that it lacks', () => {
    const one = { name: 'a', rows: 1, cols: 1, max: 1, ghost: false };
    expect(() => placeFields([one, one])).toThrow('a is declared twice');
    expect(() => placeFields([{ ...one, cols: 0 }])).toThrow('a has no elements');
    expect(() => fieldOf(placeFields([one]), 'b')).toThrow('no field b');
  });

  it('readField throws outside the field', () => {
    const layout = placeFields([{ name: 'a', rows: 2, cols: 2, max: 1, ghost: false }]);
    for (const [col, row] of [
      [2, 0],
      [0, 2],
      [-1, 0],
      [0, -1],
    ] as const)
      expect(() => readField(layout, new Int32Array(4), 'a', col, row)).toThrow('out of range');
  });
});
