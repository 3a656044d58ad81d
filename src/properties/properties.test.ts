import { describe, expect, it } from 'vitest';
import { PROPERTIES, propertyOf } from './properties.ts';

describe('a property by its id', () => {
  it('is the one of that id, each once; what is judged on graphs or seen now and then is none', () => {
    for (const property of PROPERTIES) expect(propertyOf(property.id)).toBe(property);
    expect(new Set(PROPERTIES.map(({ id }) => id)).size).toBe(PROPERTIES.length);
    expect(['progress', 'reached', ''].map((id) => propertyOf(id))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is an error, but for the accessed bit', () => {
    const warnings = PROPERTIES.filter(({ severity }) => severity === 'warning').map(({ id }) => id);
    expect(warnings).toEqual(['no-lost-accessed']);
  });
});
