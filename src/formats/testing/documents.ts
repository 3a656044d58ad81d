import fc from 'fast-check';
import { VERSIONS } from '../../designs/versions.ts';
import { problemsOf } from '../scenario-check.ts';
import type { ScenarioDocument } from '../scenario-document.ts';

const LEVELS = ['PGD', 'P4D', 'PUD', 'PMD', 'PTE'] as const;
const small = fc.integer({ min: 0, max: 3 });
const va = fc.integer({ min: 0, max: 5 });
const node = fc.integer({ min: 0, max: 2 });
const cpus = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });
const vas = fc.constantFrom([0], [0, 1], [1], [2, 3], [2]);

const action = fc.oneof(
  fc.record({ do: fc.constant('access' as const), va, write: fc.boolean() }),
  fc.record({ do: fc.constant('relocate-mm' as const), from: node, to: node }),
  fc.record({
    do: fc.constant('relocate' as const),
    to: node,
    tables: fc.array(fc.record({ level: fc.constantFrom(...LEVELS), va }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ do: fc.constant('reclaim' as const), va, pageOf: va }, { requiredKeys: ['do', 'va'] }),
  fc.record({ do: fc.constantFrom('migrate-collect' as const, 'madvise' as const), va }),
  fc.record({ do: fc.constant('mremap' as const), from: va, to: va }),
  fc.record({ do: fc.constant('munmap' as const), vas }),
  fc.record({ do: fc.constant('fork' as const), vas }),
  fc.record({ do: fc.constant('kernel-thread' as const) }),
);
const page = fc.record({ present: fc.boolean(), writable: fc.boolean(), dirty: fc.boolean(), node });
const maps = fc.oneof(
  fc.constantFrom('nothing' as const, 'pages' as const),
  fc.record({ sharedFrom: fc.constantFrom(...LEVELS) }),
);

/** Documents of the right form; most can be run, some are wrong in ways that only `problemsOf` sees. */
export const documents: fc.Arbitrary<ScenarioDocument> = fc.record({
  title: fc.constantFrom('A test', 'Zwei Wörter & “more”'),
  about: fc.constantFrom('', 'What could go wrong?'),
  geometry: fc.constantFrom('two', 'three', 'pae', 'four', 'five'),
  nodes: fc.array(fc.record({ freeTables: small }), { minLength: 2, maxLength: 3 }),
  cpus: fc.array(fc.record({ node: fc.constantFrom(0, 1) }), { minLength: 1, maxLength: 4 }),
  process: fc.record({ name: fc.constantFrom('mm', 'parent'), cpus }),
  second: fc.option(fc.record({ name: fc.constant('child'), cpus, maps }), { freq: 3 }),
  vmas: fc.array(
    fc.record({
      mapping: fc.constantFrom('shared', 'private'),
      pages: fc.array(page, { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  threads: fc.uniqueArray(
    fc.record({
      cpu: fc.integer({ min: 0, max: 3 }),
      name: fc.constantFrom('user', 'relocate'),
      process: fc.constantFrom(0, 0, 1),
      actions: fc.array(action, { minLength: 1, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3, selector: ({ cpu }) => cpu },
  ),
  splitLocks: fc.boolean(),
  allocationSleeps: fc.boolean(),
  speculation: fc.option(fc.record({ cpu: fc.constantFrom(0, 1), walks: fc.constantFrom(1, 2) })),
  opensWith: fc.record({
    version: fc.constantFrom(...VERSIONS.map(({ id }) => id)),
    overrides: fc.constant({}),
  }),
});

/** The same, with what is easily wrong put right or left out, so that most can be run. */
export const likelyDocuments: fc.Arbitrary<ScenarioDocument> = documents.map((document) => {
  const { cpus: all, second, vmas, threads, process } = document;
  const here = (list: readonly number[]) => list.filter((cpu) => cpu < all.length);
  const tidy: ScenarioDocument = {
    ...document,
    nodes: document.nodes.map(({ freeTables }) => ({ freeTables })).concat({ freeTables: 4 }),
    process: { ...process, cpus: here(process.cpus).concat(process.cpus.includes(0) ? [] : [0]) },
    second: second && {
      ...second,
      cpus: here(second.cpus).filter((c) => c > 0 && !process.cpus.includes(c)),
    },
    vmas: vmas.map((vma) => ({
      ...vma,
      pages: vma.pages.map((p) => ({ ...p, dirty: p.dirty && p.present })),
    })),
    speculation: document.speculation && { ...document.speculation, cpu: 0 },
    threads: threads
      .filter(({ cpu }) => cpu < all.length)
      .map((thread) => ({ ...thread, process: second === null ? 0 : thread.process })),
  };
  const wrong = new Set(problemsOf(tidy).map(({ path }) => path.split('.').slice(0, 4).join('.')));
  const kept = tidy.threads.map((thread, t) => ({
    ...thread,
    actions: thread.actions.filter((_, a) => !wrong.has(`threads.${t}.actions.${a}`)),
  }));
  return { ...tidy, threads: kept.filter(({ actions }) => actions.length > 0) };
});
