import { at } from '../../lib/at.ts';
import { currentLeaf, entryOf, frameState, mmState, type Scene } from '../../machine/decode.ts';
import { ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { entryText, frameText } from '../../machine/words.ts';
import { KIND_LOOKS } from '../memory-map/frame-kinds.ts';
import { tableName } from '../memory-map/frame-facts.ts';
import type { Fact, Inspected } from './inspected.ts';

/** What a frame is and, of a table, its entries. */
export function frameFacts({ scene, places }: Inspected, frame: number): readonly Fact[] {
  const { world } = scene;
  const { kind, node, dirty, ptl, link } = frameState(scene, frame);
  const table = tableName(scene, places.get(frame));
  const facts: Fact[] = [{ name: 'is', value: `${KIND_LOOKS[kind].word}: ${KIND_LOOKS[kind].meaning}` }];
  if (table !== '') facts.push({ name: 'table', value: table });
  facts.push({ name: 'node', value: String(node) });
  if (dirty) facts.push({ name: 'page', value: 'is marked dirty' });
  if (ptl >= 0) facts.push({ name: 'ptl', value: `held by CPU${String(ptl)}` });
  if (link !== 0) facts.push({ name: 'link', value: frameText(world, link) });
  if (frame > world.tableFrames || places.get(frame) === undefined) return facts;
  const entries = Array.from({ length: world.stride }, (_, index) => entryOf(scene, frame, index));
  return [
    ...facts,
    ...entries
      .slice(0, MOST_ENTRIES)
      .map((entry, i) => ({ name: `[${String(i)}]`, value: entryText(world, entry) })),
  ];
}

/** Entries of a table that are listed: a real one has 512. */
const MOST_ENTRIES = 8;

/** What an entry holds, and where it stands. */
export function entryFacts(
  { scene, places }: Inspected,
  { frame, index }: { frame: number; index: number },
): readonly Fact[] {
  const entry = entryOf(scene, frame, index);
  const table = tableName(scene, places.get(frame));
  return [
    { name: 'holds', value: entryText(scene.world, entry) },
    { name: 'in', value: `${frameText(scene.world, frame)}${table === '' ? '' : `, ${table}`}` },
    { name: 'raw', value: `0x${entry.toString(16)} (frame id and bits, as the model keeps it)` },
  ];
}

/** The entries on the way to an address in one process. */
export function walkFacts(scene: Scene, mm: number, va: number): readonly Fact[] {
  const { world } = scene;
  const { path, leaf } = at(world.vas, va);
  const facts: Fact[] = [];
  let frame = mmState(scene, mm).pgd;
  for (let level = 0; level <= leaf; level++) {
    const index = path[level] ?? 0;
    const entry = entryOf(scene, frame, index);
    const name = `${at(world.levels, level).name.toLowerCase()}[${String(index)}]`;
    facts.push({ name, value: `${entryText(world, entry)}, in ${frameText(world, frame)}` });
    if ((entry & ENTRY_P) === 0) break;
    frame = entryFrame(entry);
  }
  const leads = (currentLeaf(scene, mm, va) & ENTRY_P) !== 0;
  return [{ name: `in ${at(world.mms, mm).name}`, value: leads ? 'is mapped' : 'is not mapped' }, ...facts];
}
