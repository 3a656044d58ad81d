import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionOf } from '../designs/versions.ts';
import { createModel } from '../explorer/model.ts';
import { createRun, seededMove, step } from '../explorer/run.ts';
import { must } from '../lib/at.ts';
import { buildModel } from '../scenarios/build.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import { problemsOf } from './scenario-check.ts';
import { type ScenarioDocument, scenarioOfDocument } from './scenario-document.ts';
import { documentOfScenario } from './scenario-from.ts';
import { likelyDocuments } from './testing/documents.ts';

const documentOf = (id: string): ScenarioDocument => {
  const all = new Map(SCENARIOS.map((scenario) => [scenario.id, documentOfScenario(scenario)]));
  const found = must(all, id);
  if (found === null) throw new Error(`${id} has no document`);
  return found;
};

/** Runs a document for a while by a seed; gives the steps taken. */
function runs(document: ScenarioDocument, seed: number): number {
  const { version, overrides } = document.opensWith;
  const design = versionOf(version)?.design;
  if (design === undefined) throw new Error(`no version ${version}`);
  const { model } = buildModel(scenarioOfDocument(document), { ...design, ...overrides });
  const run = createRun(createModel(model));
  for (let taken = 0; taken < 300; taken++) {
    const move = seededMove(run, seed);
    if (move === null) return taken;
    step(run, move);
  }
  return 300;
}

describe('the document of a scenario', () => {
  it.each(SCENARIOS.filter((one) => documentOfScenario(one) !== null))(
    'of $id has no problem and makes the same scenario again',
    (scenario) => {
      const document = documentOf(scenario.id);
      expect(problemsOf(document)).toEqual([]);
      const again = scenarioOfDocument(document);
      expect(again.world).toEqual({ ...scenario.world, name: 'custom' });
      expect(again.threads).toEqual(scenario.threads);
      expect(again.switches).toEqual(scenario.switches);
      expect(again.opensWith).toEqual(scenario.opensWith);
    },
  );

  it('without a problem can be built and run, whatever it says', { timeout: 60_000 }, () => {
    let good = 0;
    fc.assert(
      fc.property(likelyDocuments, fc.nat(1000), (document, seed) => {
        if (problemsOf(document).length > 0) return;
        good += 1;
        expect(runs(document, seed)).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
    expect(good).toBeGreaterThan(30);
  });

  it('is run with more of everything than the scenarios have', () => {
    const tree = documentOf('tree');
    const page = { present: true, writable: true, dirty: false, node: 2 };
    const document: ScenarioDocument = {
      ...tree,
      geometry: 'five',
      nodes: [...tree.nodes, { freeTables: 9 }, { freeTables: 9 }],
      cpus: [0, 1, 2, 3, 3, 3, 3, 3].map((node) => ({ node })),
      vmas: [{ mapping: 'private', pages: Array.from({ length: 8 }, () => page) }],
      threads: [
        { cpu: 0, name: 'user', process: 0, actions: [{ do: 'access', va: 7, write: true }] },
        { cpu: 7, name: 'relocate', process: 0, actions: [{ do: 'relocate-mm', from: 0, to: 3 }] },
      ],
    };
    expect(problemsOf(document)).toEqual([]);
    expect(runs(document, 1)).toBeGreaterThan(50);
  });
});

const good = documentOf('fork');
const [reader] = documentOf('fault').threads;
const withActions = (...actions: ScenarioDocument['threads'][number]['actions']): ScenarioDocument => ({
  ...good,
  threads: [{ cpu: 0, name: 'user', process: 0, actions }],
});

describe('a document that makes no sense', () => {
  it.each<[string, ScenarioDocument, RegExp]>([
    ['title', { ...good, title: ' ' }, /title/],
    ['nodes', { ...good, nodes: [{ freeTables: 1 }] }, /somewhere to go/],
    ['nodes.0.freeTables', { ...good, nodes: [{ freeTables: -1 }, { freeTables: 1 }] }, /whole number/],
    ['cpus', { ...good, cpus: Array.from({ length: 9 }, () => ({ node: 0 })) }, /CPUs/],
    ['cpus.1.node', { ...good, cpus: [{ node: 0 }, { node: 7 }, { node: 0 }] }, /no node 7/],
    ['process.cpus', { ...good, process: { name: 'parent', cpus: [5] } }, /must be there/],
    ['second.cpus', { ...good, second: { name: 'child', cpus: [0], maps: 'nothing' } }, /CPU0 runs/],
    ['second.maps', { ...good, second: { name: 'c', cpus: [], maps: { sharedFrom: 'PMD' } } }, /geometry/],
    ['vmas', { ...good, vmas: [] }, /One to 4 pages/],
    ['vmas.0.pages', { ...good, vmas: [{ mapping: 'shared', pages: [] }, ...good.vmas] }, /without pages/],
    ['threads', { ...good, threads: [] }, /Nobody/],
    [
      'threads.1.cpu',
      { ...good, threads: [good.threads[0], good.threads[0]].flatMap((t) => t ?? []) },
      /one thread/,
    ],
    [
      'threads.0.process',
      { ...documentOf('fault'), threads: [{ ...reader, process: 1 }] as never },
      /second process/,
    ],
    ['threads.0.actions.0.va', withActions({ do: 'access', va: 9, write: false }), /no va9/],
    [
      'threads.0.actions.0.tables.0.level',
      withActions({ do: 'relocate', to: 1, tables: [{ level: 'PUD', va: 0 }] }),
      /no PUD/,
    ],
    ['threads.0.actions.0.to', withActions({ do: 'relocate-mm', from: 1, to: 1 }), /there already/],
    ['threads.0.actions.0.to', withActions({ do: 'mremap', from: 0, to: 1 }), /must be empty/],
    ['threads.0.actions.0.vas', withActions({ do: 'munmap', vas: [0] }), /va0 and va1/],
    ['threads.0.actions.0.vas', withActions({ do: 'fork', vas: [] }), /one PTE table/],
    ['speculation.cpu', { ...good, speculation: { cpu: 3, walks: 1 } }, /no CPU3/],
    ['opensWith.version', { ...good, opensWith: { version: '1999', overrides: {} } }, /no such version/],
  ])('is told at %s, in words', (path, document, words) => {
    const found = problemsOf(document).filter((problem) => problem.path === path);
    expect(found.map((problem) => problem.words).join(' ')).toMatch(words);
  });
});
