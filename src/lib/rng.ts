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

/**
 * A choice out of `bound` for a place in a sequence, 1 to 2^31. Seed and place are mixed by multiplication (the finaliser of
 * murmur3): xorshift alone is linear, so that of two choices at every place all seeds together would give only two sequences.
 */
export function seededChoice(seed: number, place: number, bound: number): number {
  let x = seed ^ Math.imul(place + 1, 0x9e3779b1);
  for (const factor of [0x85ebca6b, 0xc2b2ae35]) x = Math.imul(x ^ (x >>> 15), factor);
  x = Math.imul(x ^ (x >>> 13), 0x27d4eb2f) ^ seed;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  return ((x ^ (x >>> 15)) >>> 0) % bound;
}
