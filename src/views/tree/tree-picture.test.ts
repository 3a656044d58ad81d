import { describe, expect, it } from 'vitest';
import { putWords } from '../../explorer/chunks.ts';
import type { Design } from '../../kernel/design.ts';
import type { Scene } from '../../machine/decode.ts';
import { createHandler, handle } from '../../worker/handler.ts';
import type { Place } from '../../worker/places.ts';
import type { StepRecord } from '../../worker/moment-messages.ts';
import type { Answer, Request } from '../../worker/protocol.ts';
import type { Picture } from './tree-model.ts';
import { groundOf } from './tree-places.ts';
import { makePicture } from './tree-picture.ts';
import { makePlan, type Plan } from './tree-plan.ts';

const quiet = { id: 1, report: () => undefined, pause: () => Promise.resolve() };

interface Run {
  readonly length: number;
  readonly at: (cursor: number) => Promise<Picture>;
  readonly plan: Plan;
  readonly records: readonly StepRecord[];
}

/** The whole run of the first scenario with seed 1, to be looked at at any moment. */
async function wholeRun(scenario: string, changes: Partial<Design> = {}): Promise<Run> {
  const handler = createHandler();
  const ask = (request: Request): Promise<Answer> => handle(handler, request, quiet);
  const overrides = { nodeTest: 'pointee', ...changes } as const;
  const source = { kind: 'scenario', scenario, version: '2008-05-09', overrides } as const;
  const opened = await ask({ do: 'open', source, schedule: [], cursor: 0 });
  if (opened.kind !== 'opened') throw new Error(`the scenario did not open: ${opened.kind}`);
  const { world, layout, moment } = opened;
  const scene: Scene = { world, layout, words: moment.words ?? new Int32Array(0) };
  const take = (answer: Answer): Extract<Answer, { kind: 'moment' }> => {
    if (answer.kind !== 'moment') throw new Error(`no moment: ${answer.kind}`);
    putWords(answer.written, scene.words);
    return answer;
  };
  const end = take(await ask({ do: 'run', seed: 1, steps: 2000 }));
  const places: readonly Place[] = [...moment.places, ...end.places];
  const plan = makePlan({ ground: groundOf(world, places), expanded: new Map(), extra: null, focus: null });
  const at = async (cursor: number): Promise<Picture> => {
    const { changed } = take(await ask({ do: 'seek', cursor }));
    const last = end.records[cursor - 1] ?? null;
    return makePicture({ scene, plan, cursor, changed, last });
  };
  return { length: end.length, at, plan, records: end.records };
}

const states = ({ cards }: Picture): string =>
  cards.map(({ title, state }) => `${title} ${state}`).join(', ');

describe('the picture of a moving tree', () => {
  it('has a current table a level at first, and the old ones freed beside the new ones at the end', async () => {
    const run = await wholeRun('tree');
    expect(states(await run.at(0))).toBe('PGD 1 current, PUD 2 current, PMD 3 current, PTE 4 current');
    const end = await run.at(run.length);
    expect(end.cards.filter(({ state }) => state === 'freed')).toHaveLength(4);
    expect(end.cards.filter(({ state }) => state === 'current')).toHaveLength(4);
    expect(end.rails.flatMap(({ chips }) => chips).filter(({ stale }) => stale)).toEqual([]);
  });

  it('copies on nodes differ in what they say of pages, not in leading to the tables of their own node', async () => {
    const run = await wholeRun('two-nodes', { replicas: 'per-node' });
    const differing = ({ cards }: Picture): string[] =>
      cards.flatMap(({ title, rows }) =>
        rows.flatMap((row) => (row.kind === 'entry' && row.says.includes('differs') ? [title] : [])),
      );
    expect(differing(await run.at(0))).toEqual([]);
    const written = run.records.findIndex(({ label }) => label.startsWith('set A and D'));
    expect(differing(await run.at(written + 1))).toEqual(['PTE 2']);
  });

  it('never moves a table that has its place', async () => {
    const run = await wholeRun('tree');
    const seen = new Map<number, string>();
    for (let cursor = 0; cursor <= run.length; cursor++)
      for (const { frame, place, x, y } of (await run.at(cursor)).cards) {
        if (place === null) continue;
        const spot = `${String(x)}, ${String(y)}`;
        expect(seen.get(frame) ?? spot).toBe(spot);
        seen.set(frame, spot);
      }
    expect(seen.size).toBe(8);
  });

  it('shows a copy entry by entry, beside the table it is made from', async () => {
    const run = await wholeRun('tree');
    const first = run.records.findIndex(({ tag }) => tag === 'copy') + 1;
    const { cards, ties } = await run.at(first);
    const copy = cards.find(({ state }) => state === 'new');
    expect(copy?.rows.map((row) => (row.kind === 'entry' ? row.target : ''))).toEqual(['3', 'not copied']);
    expect(ties.map(({ kind }) => kind)).toEqual(['copy']);
  });

  it('draws a ghost from every cache and pointer that leads to an old table, and from nothing else', async () => {
    const run = await wholeRun('tree');
    for (let cursor = 0; cursor <= run.length; cursor++) {
      const { cards, rails } = await run.at(cursor);
      const old = cards.filter(({ state }) => state === 'limbo' || state === 'freed');
      const held = old.flatMap(({ feet }) => feet.map(({ cpu }) => cpu)).sort();
      const ghosts = rails.flatMap(({ chips }) => chips.filter(({ stale }) => stale));
      expect(ghosts.map(({ cpu }) => cpu).sort()).toEqual(held);
      expect(ghosts.every(({ lane }) => lane !== null)).toBe(true);
    }
  });
});
