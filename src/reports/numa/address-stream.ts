import { createRng, type Rng } from '../../lib/rng.ts';

export type Pattern = 'random' | 'sequential' | 'zipf';

/** Which cache line of the working set a program touches next. */
export interface AddressStream {
  /** The next line, counted from the start of the working set. */
  next(): number;
}

export const LINES_PER_PAGE = 64;
/** The exponent of YCSB's skewed requests. */
export const ZIPF_EXPONENT = 0.99;
const UNIT = 2 ** 24;

/** `pages` is a power of two, up to 2^24 (64 GiB). The same seed gives the same accesses. */
export function createStream(pattern: Pattern, pages: number, seed: number): AddressStream {
  const rng = createRng(seed);
  switch (pattern) {
    case 'random':
      return { next: () => rng.next(pages * LINES_PER_PAGE) };
    case 'sequential':
      return sequential(pages);
    case 'zipf':
      return zipf(pages, rng);
  }
}

function sequential(pages: number): AddressStream {
  const lines = pages * LINES_PER_PAGE;
  let line = -1;
  return {
    next() {
      line = line + 1 === lines ? 0 : line + 1;
      return line;
    },
  };
}

/** Pages by rank r with a chance like r^-s, from the inverse of the continuous law; ranks are strewn over the pages. */
function zipf(pages: number, rng: Rng): AddressStream {
  const power = 1 - ZIPF_EXPONENT;
  const span = pages ** power - 1;
  return {
    next() {
      const rank = (span * (rng.next(UNIT) / UNIT) + 1) ** (1 / power) - 1;
      const page = Math.imul(Math.floor(rank), 0x9e3779b1) & (pages - 1);
      return page * LINES_PER_PAGE + rng.next(LINES_PER_PAGE);
    },
  };
}
