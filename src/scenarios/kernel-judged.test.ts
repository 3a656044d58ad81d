import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { kindNumber } from '../machine/world.ts';
import { designOf, freshRig, movesOf, nextLabel, poke, type Rig, rigOf, stepActor } from './testing/rig.ts';
import { shorts } from './testing/steps.ts';
import { scenarioOf } from './scenarios.ts';

/** Changes a state before the step with that label; false where the step is not asked about. */
type Change = (rig: Rig, label: string) => boolean;

/** Another rig of the same model in the same state. */
function twinOf(rig: Rig): Rig {
  const twin = freshRig(rig);
  twin.scene.words.set(rig.scene.words);
  return twin;
}

/** One move, of each actor in turn; null at the end. */
function nextMove(rig: Rig, turn: number): readonly [id: string, move: number] | null {
  const moves = movesOf(rig).filter(({ actor }) => at(rig.built.actors, actor).kind !== 'speculation');
  const next = moves[turn % Math.max(1, moves.length)];
  return next === undefined ? null : [at(rig.built.actors, next.actor).id, next.move];
}

/**
 * Runs a scenario to its end; before each step a twin takes it in a state that was changed. Gives what those steps are in short, "swing pgd", and whether
 * the property was found broken by all of them.
 */
function judgedIn(rig: Rig, property: string, change: Change): ReadonlyMap<string, boolean> {
  const judged = new Map<string, boolean>();
  for (let turn = 0; turn < 2000; turn++) {
    const next = nextMove(rig, turn);
    if (next === null) return judged;
    const twin = twinOf(rig);
    if (change(twin, nextLabel(rig, ...next))) {
      const taken = stepActor(twin, ...next);
      const short = shorts([{ ...taken, actor: 'cpu0' }])
        .join()
        .replace(/ frame \d+$/, '');
      judged.set(short, taken.found.some(({ id }) => id === property) && judged.get(short) !== false);
    }
    stepActor(rig, ...next);
  }
  throw new Error('this run does not end');
}

type Case = readonly [scenario: string, version: string, replicas?: 'per-node'];

/** Nobody writes to copies here: neither to those in limbo nor to those on other nodes. */
const CASES: readonly Case[] = [
  'fault',
  'upper-fill',
  'munmap',
  'mremap',
  'fork',
  'cow',
  'shared-pmd',
  'huge',
  'top',
  'write-reclaim',
]
  .map((id): Case => [id, '2008-05-09'])
  .concat([
    ['shared-pmd', 'repaired'],
    ['pae', 'invalidate-first'],
  ]);
const FURTHER: readonly Case[] = ['fork', 'munmap', 'twice', 'huge', 'tree']
  .map((id): Case => [id, 'limbo-repaired'])
  .concat([
    ['upper-fill', '2008-05-09', 'per-node'],
    ['write-reclaim', '2008-05-09', 'per-node'],
  ]);

/** The kinds of steps that were asked about: those that are judged in every case, and the others. */
function stepsJudged(
  cases: readonly Case[],
  property: string,
  change: Change,
): Record<'judged' | 'not', readonly string[]> {
  const all = new Map<string, boolean>();
  for (const [id, version, replicas = 'none'] of cases) {
    const scenario = scenarioOf(id);
    if (scenario === null) throw new Error(`no scenario ${id}`);
    const rig = rigOf(scenario, designOf(version, { replicas }));
    for (const [short, judged] of judgedIn(rig, property, change))
      all.set(short, judged && all.get(short) !== false);
  }
  const names = [...all.keys()].sort();
  return { judged: names.filter((name) => all.get(name)), not: names.filter((name) => !all.get(name)) };
}

describe('a step in a table that was freed', () => {
  it('is a use after free, whatever it does there; what only names a frame is none', () => {
    const freed: Change = (rig, label) => {
      const { world } = rig.scene;
      const named = [...label.matchAll(/frame (\d+)/g)].map(([, pfn]) =>
        Array.from(world.pfn).indexOf(Number(pfn)),
      );
      const tables = named.filter((frame) => frame <= world.tableFrames);
      for (const table of tables) poke(rig, 'frame.kind', kindNumber('freed-table'), [table]);
      return tables.length > 0;
    };
    expect(stepsJudged([...CASES, ...FURTHER], 'no-use-after-free', freed)).toMatchInlineSnapshot(`
      {
        "judged": [
          "clear pgd",
          "clear pte",
          "compare pte",
          "copy pgd",
          "copy pmd",
          "copy pte",
          "copy pud",
          "drop the link",
          "link",
          "lock ptl",
          "or A and D into pte",
          "read A and D of pte",
          "read and clear A and D of pte",
          "read and clear pmd",
          "read and clear pte",
          "read pmd",
          "read pte",
          "read pud",
          "read the copy behind",
          "read the link",
          "set A and D in pmd",
          "set A and D in pte",
          "set pmd",
          "set pte",
          "swing pgd",
          "swing pmd",
          "swing pud",
          "test and clear young in pmd",
          "test and clear young in pte",
          "unlock ptl",
          "walk",
          "write-protect pte",
        ],
        "not": [
          "allocate",
          "drop the links",
          "free",
          "read pgd",
          "read pgd of child",
          "read pgd of first",
          "read pgd of parent",
          "read pgd of second",
          "set pgd",
        ],
      }
    `);
  });
});

describe('a write to a table that no tree leads to', () => {
  it('is lost, whoever makes it; copying, merging A and D, and new tables are not asked about', () => {
    const cut: Change = (rig, label) => {
      for (const mm of rig.scene.world.mms.keys()) poke(rig, 'mm.pgd', 0, [mm]);
      return /^(clear|set|swing|copy|or|read and|write-protect|test and clear) .*\[/.test(label);
    };
    expect(stepsJudged(CASES, 'no-lost-write', cut)).toMatchInlineSnapshot(`
      {
        "judged": [
          "clear pgd",
          "clear pte",
          "read and clear pmd",
          "read and clear pte",
          "set pgd",
          "set pmd",
          "set pte",
          "swing pgd",
          "swing pmd",
          "test and clear young in pmd",
          "test and clear young in pte",
          "write-protect pte",
        ],
        "not": [
          "copy pgd",
          "copy pmd",
          "copy pte",
          "or A and D into pte",
          "read and clear A and D of pte",
          "set A and D in pmd",
          "set A and D in pte",
        ],
      }
    `);
  });
});
