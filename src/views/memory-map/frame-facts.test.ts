import { describe, expect, it } from 'vitest';
import { putWords } from '../../explorer/chunks.ts';
import { entryOf, type Scene } from '../../machine/decode.ts';
import { ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { frameText } from '../../machine/words.ts';
import { createHandler, handle } from '../../worker/handler.ts';
import type { Answer, Request } from '../../worker/protocol.ts';
import { type FactsArgs, pointersTo } from './frame-facts.ts';

const quiet = { id: 1, report: () => undefined, pause: () => Promise.resolve() };

/** A scenario in the middle of its relocation, where old and new tables lead to the same pages. */
async function midway(scenario: string): Promise<FactsArgs> {
  const handler = createHandler();
  const ask = (request: Request): Promise<Answer> => handle(handler, request, quiet);
  const source = { kind: 'scenario', scenario, version: '2008-05-09', overrides: {} } as const;
  const opened = await ask({ do: 'open', source, schedule: [], cursor: 0 });
  if (opened.kind !== 'opened') throw new Error(`the scenario did not open: ${opened.kind}`);
  const { world, layout, moment } = opened;
  const scene: Scene = { world, layout, words: moment.words ?? new Int32Array(0) };
  const later = await ask({ do: 'advance', seed: 1, steps: 30 });
  if (later.kind !== 'moment') throw new Error(`no moment: ${later.kind}`);
  putWords(later.written, scene.words);
  const places = new Map([...moment.places, ...later.places].map((place) => [place.frame, place]));
  return { scene, opened, places };
}

/** The tables and indices of present entries that lead to a frame, one read after the other. */
function parentsOf({ scene }: FactsArgs, frame: number): readonly string[] {
  const found: string[] = [];
  for (let table = 0; table <= scene.world.tableFrames; table++)
    for (let index = 0; index < scene.world.stride; index++) {
      const word = entryOf(scene, table, index);
      if ((word & ENTRY_P) !== 0 && entryFrame(word) === frame)
        found.push(`[${String(index)}] of ${frameText(scene.world, table)}`);
    }
  return found;
}

describe('who leads to a frame', () => {
  it.each(['tree', 'two-reclaim', 'fork'])(
    'are all entries that do, of every frame of %s',
    async (scenario) => {
      const facts = await midway(scenario);
      let all = 0;
      for (let frame = 1; frame <= facts.scene.world.frames; frame++) {
        const entries = pointersTo(facts, frame).flatMap(
          (text) => /\[\d+\] of frame \S+$/.exec(text)?.[0] ?? [],
        );
        expect(entries, `frame ${String(frame)}`).toEqual(parentsOf(facts, frame));
        all += entries.length;
      }
      expect(all).toBeGreaterThan(1);
    },
  );

  it('are named by what they are: a level and an index, a register, a thread', async () => {
    const facts = await midway('tree');
    const said = Array.from({ length: facts.scene.world.frames }, (_, i) => pointersTo(facts, i + 1)).flat();
    expect(said).toContain('CR3 of CPU0');
    expect(said.some((text) => /^p[gum]d\[\d\] of frame \d+$/.test(text))).toBe(true);
    expect(said.some((text) => text.startsWith('pgd of '))).toBe(true);
  });
});
