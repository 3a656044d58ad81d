import { at } from '../../lib/at.ts';
import { cpuState, frameState, localsOf, type MmState, mmState, type Scene } from '../../machine/decode.ts';
import { ENTRY_P, ENTRY_SHIFT, entryFrame } from '../../machine/entry.ts';
import { frameText } from '../../machine/words.ts';
import { fieldOf } from '../../program/layout.ts';
import type { ActorInfo } from '../../scenarios/build.ts';
import type { Opened } from '../../worker/protocol.ts';
import type { Place } from '../../worker/places.ts';
import { frameOfLocal } from '../threads/actor-state.ts';
import type { PlacesAt } from './census.ts';
import { actorName } from '../shell/actor-name.ts';

export interface FactsArgs {
  readonly scene: Scene;
  readonly opened: Pick<Opened, 'actors' | 'programs'>;
  /** Where tables are or were, by frame id. */
  readonly places: PlacesAt;
}

/** Everything that leads to a frame at this moment, in words: entries, registers, caches, threads. */
export function pointersTo({ scene, opened, places }: FactsArgs, frame: number): readonly string[] {
  return [
    ...scene.world.mms.flatMap((_, mm) => ofProcess(mmState(scene, mm), frame)),
    ...entriesTo(scene, places, frame),
    ...Array.from({ length: scene.world.cpus }, (_, cpu) => ofCpu(scene, cpu, frame)).flat(),
    ...opened.actors.flatMap((info, actor) =>
      ofThread(scene, { info, program: at(opened.programs, actor) }, frame),
    ),
    ...linkTo(scene, frame),
  ];
}

function ofProcess({ name, tops }: MmState, frame: number): readonly string[] {
  return tops.flatMap((top, node) => {
    if (top !== frame) return [];
    return [tops.length > 1 ? `pgd of ${name} for node ${String(node)}` : `pgd of ${name}`];
  });
}

/** Most parents that are listed: a page may be shared by many. */
const MOST_PARENTS = 12;

function entriesTo(
  { world, layout, words }: Scene,
  places: FactsArgs['places'],
  frame: number,
): readonly string[] {
  const { offset, rows } = fieldOf(layout, 'entries');
  const end = offset + rows * world.stride;
  const parents: string[] = [];
  let i = nextEntryTo(words, { from: offset, end, frame });
  for (; i < end && parents.length < MOST_PARENTS; i = nextEntryTo(words, { from: i + 1, end, frame })) {
    const table = Math.floor((i - offset) / world.stride);
    const level = world.levels[places.get(table)?.level ?? -1]?.name.toLowerCase() ?? 'entry ';
    parents.push(`${level}[${String((i - offset) % world.stride)}] of ${frameText(world, table)}`);
  }
  return parents;
}

interface Range {
  readonly from: number;
  readonly end: number;
  readonly frame: number;
}

/**
 * Where the next present entry that leads to a frame is; `end` for nowhere. Of a process of 10^6 pages it reads two million
 * words each time that the pointer comes to another frame: a loop of its own, with nothing in it.
 */
function nextEntryTo(words: Int32Array, { from, end, frame }: Range): number {
  for (let i = from; i < end; i++) {
    const word = words[i] ?? 0;
    if (word >>> ENTRY_SHIFT === frame && (word & ENTRY_P) !== 0) return i;
  }
  return end;
}

function ofCpu(scene: Scene, cpu: number, frame: number): readonly string[] {
  const { cr3, walkCache, tlb, pdptes } = cpuState(scene, cpu);
  const of = `of CPU${String(cpu)}`;
  return [
    ...(cr3 === frame ? [`CR3 ${of}`] : []),
    ...pdptes.flatMap((entry, i) =>
      entryFrame(entry) === frame && entry !== 0 ? [`PDPTE${String(i)} ${of}`] : [],
    ),
    ...walkCache
      .filter((entry) => entry.frame === frame)
      .map(({ name, prefix }) => `${name} cache ${of} for ${prefix.map((i) => `[${String(i)}]`).join('')}`),
    ...tlb
      .filter(({ entry }) => entry !== 0 && entryFrame(entry) === frame)
      .map(({ vas }) => `TLB ${of} for ${vas.map((va) => at(scene.world.vas, va).name).join(', ')}`),
  ];
}

interface ThreadOf {
  readonly info: ActorInfo;
  readonly program: Opened['programs'][number];
}

function ofThread(scene: Scene, { info, program }: ThreadOf, frame: number): readonly string[] {
  return localsOf(scene, program.locals)
    .filter((local) => frameOfLocal(local) === frame)
    .map(({ name }) => `${name.replaceAll('_', ' ')} in ${actorName(info)}`);
}

function linkTo(scene: Scene, frame: number): readonly string[] {
  if (frame > scene.world.tableFrames) return [];
  const { link, ptl, copy } = frameState(scene, frame);
  return [
    ...(link === 0 ? [] : [`linked with ${frameText(scene.world, link)}`]),
    ...(copy === 0 ? [] : [`a copy of it is ${frameText(scene.world, copy)}`]),
    ...(ptl < 0 ? [] : [`its ptl is held by CPU${String(ptl)}`]),
  ];
}

/** What a frame is, in a few words: "PMD table of mm". Empty for what is no table. */
export function tableName({ world }: Scene, place: Place | undefined): string {
  if (place === undefined) return '';
  return `${at(world.levels, place.level).name} of ${at(world.mms, place.mm).name}`;
}
