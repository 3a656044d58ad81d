import { describe, expect, it } from 'vitest';
import { seek } from '../../explorer/run.ts';
import { entryOf } from '../../machine/decode.ts';
import { ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { frameText } from '../../machine/words.ts';
import { openedOf } from '../../worker/moment.ts';
import { sceneOf } from '../../worker/session.ts';
import { played } from '../../worker/testing/sessions.ts';
import { type FactsArgs, pointersTo } from './frame-facts.ts';

/** A scenario in the middle of its relocation, where old and new tables lead to the same pages. */
function midway(scenario: string): FactsArgs {
  const session = played(scenario, '2008-05-09', 1);
  seek(session.run, 30);
  const places = new Map(session.places.map((place) => [place.frame, place]));
  return { scene: sceneOf(session), opened: openedOf(session), places };
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
  it.each(['tree', 'two-reclaim', 'fork'])('are all entries that do, of every frame of %s', (scenario) => {
    const facts = midway(scenario);
    let all = 0;
    for (let frame = 1; frame <= facts.scene.world.frames; frame++) {
      const entries = pointersTo(facts, frame).flatMap(
        (text) => /\[\d+\] of frame \S+$/.exec(text)?.[0] ?? [],
      );
      expect(entries, `frame ${String(frame)}`).toEqual(parentsOf(facts, frame));
      all += entries.length;
    }
    expect(all).toBeGreaterThan(1);
  });

  it('are named by what they are: a level and an index, a register, a thread', () => {
    const facts = midway('tree');
    const said = Array.from({ length: facts.scene.world.frames }, (_, i) => pointersTo(facts, i + 1)).flat();
    expect(said).toContain('CR3 of CPU0');
    expect(said.some((text) => /^p[gum]d\[\d\] of frame \d+$/.test(text))).toBe(true);
    expect(said.some((text) => text.startsWith('pgd of '))).toBe(true);
  });
});
