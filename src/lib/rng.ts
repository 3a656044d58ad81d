/** A seeded source of numbers: the same seed gives the same sequence everywhere. */
export interface Rng {
  /** An integer in [0, bound). `bound` is 1 to 2^31. */
  next(bound: number): number;
}

/**
 * xorshift32 (Marsaglia, 2003). Deterministic and small; not for cryptography.
 * Any 32-bit seed is accepted, 0 included.
 */
export function createRng(seed: number): Rng {
  let state = seed | 0 || 0x9e3779b9;
  return {
    next(bound) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % bound;
    },
  };
}
