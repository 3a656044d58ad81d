import type { Assumption } from '../assumption.ts';
import { inWords } from '../chart.ts';
import { ZIPF_EXPONENT } from './address-stream.ts';
import { CACHED_CYCLES, NUMA_DEFAULTS, type NumaParams } from './params.ts';

const MITOSIS = 'The machine of Mitosis, ASPLOS 2020 (4 sockets, Xeon E7-4850 v3, says its artifact)';
const PUBLISHED_CACHE = {
  origin: 'published',
  source: `${MITOSIS}; Intel’s list of its processors.`,
} as const;
const RECALLED_FIGURE = {
  origin: 'recalled',
  source: `${MITOSIS}; from memory of the paper, which was not at hand: check it before you quote it.`,
} as const;

/** What the figures stand on. Values that were changed from the paper's are the reader's. */
export function numaAssumptions(p: NumaParams): readonly Assumption[] {
  const theirs = (what: string, key: keyof NumaParams, value: string): Assumption =>
    p[key] === NUMA_DEFAULTS[key]
      ? { what, value, ...(key === 'cacheBytes' ? PUBLISHED_CACHE : RECALLED_FIGURE) }
      : { what, value, origin: 'ours', source: `Chosen above; theirs is ${String(NUMA_DEFAULTS[key])}.` };
  const ours = (what: string, value: string, source: string): Assumption => ({
    what,
    value,
    origin: 'ours',
    source,
  });
  return [
    theirs('Memory of the own node', 'localCycles', `${String(p.localCycles)} cycles`),
    theirs('Memory of another node, idle', 'remoteCycles', `${String(p.remoteCycles)} cycles`),
    theirs('TLB, 4 KiB pages', 'secondTlb', `64 + ${String(p.secondTlb)} entries`),
    theirs('Last-level cache, shared by data and tables', 'cacheBytes', inWords('bytes', p.cacheBytes)),
    ours(
      'Remote latency when others use that node',
      `times ${String(p.remoteLoad)}`,
      'The paper ran a program that fills the bandwidth there, and does not say what latency became.',
    ),
    ours(
      'Accesses under way at once',
      String(p.inFlight),
      'Ten is the number of line fill buffers of this generation (Intel optimization manual); one is a pointer chase.',
    ),
    ours(
      'Walks under way at once',
      '1',
      'Haswell has one page walker, the generation after it two (Intel optimization manual).',
    ),
    ours(
      'PDE cache; PDPTE and PML4E caches',
      `${String(p.walkCache)}; 4 each`,
      'Intel does not publish them; sizes of this order have been measured.',
    ),
    ours(
      'Hit in the last-level cache, second TLB',
      `${String(CACHED_CYCLES)}, 7 cycles`,
      'Typical of the generation; smaller caches above it are left out.',
    ),
    ours('Skewed accesses (zipf)', `exponent ${String(ZIPF_EXPONENT)}`, 'The default of YCSB.'),
    ours(
      'Hits of table entries',
      'simulated',
      'Lines of tables and of data compete for the same cache; no hit rate is put in.',
    ),
  ];
}

/** What the model does not do. */
export const NUMA_LIMITS: readonly string[] = [
  'With an idle other node the model stays well below 3.24: latency alone is 580/280 = 2.07 times, and that is the most there can be. The paper’s largest figure is with another program loading the node that holds the tables; how much latency grows by that is our guess of two times, not theirs.',
  'For four sockets the model lies on both sides of 1.34: below it for a program that waits for each access, above it for one that does not wait at all. Real programs do some of both, and compute in between.',
  'No bandwidth limits, no prefetching, no huge pages, no write-backs, one level of cache; other programs and cores use nothing of the cache.',
  'In the pictures over time a move takes as long as 75 thousand accesses; a real one of 64 GiB takes far longer, and stalls the process now and then.',
  'Replicas make changes to tables dearer: every write goes to all copies. Only accesses are charged here.',
];
