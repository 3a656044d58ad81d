import { at } from '../../lib/at.ts';
import { cpuState, currentLeaf, entryOf, frameState, mmState, type Scene } from '../../machine/decode.ts';
import { ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { entryText, frameText } from '../../machine/words.ts';
import type { Selection } from '../../store/selection.ts';
import type { Choice, Opened } from '../../worker/protocol.ts';
import type { Place } from '../../worker/places.ts';
import { KIND_LOOKS } from '../memory-map/frame-kinds.ts';
import { tableName } from '../memory-map/frame-facts.ts';
import { actorName } from '../threads/actor-name.ts';

/** What is read to tell about something chosen. */
export interface Inspected {
  readonly scene: Scene;
  readonly opened: Pick<Opened, 'actors'>;
  readonly places: ReadonlyMap<number, Place>;
  readonly choices: readonly Choice[];
}

export interface Fact {
  readonly name: string;
  /** Frames and CPUs that it names are made to lead there. */
  readonly value: string;
}

/** What it is called: "frame 17", "pte[1] of frame 17", "CPU1 relocate". */
export function titleOf({ scene, opened, places }: Inspected, selection: Selection): string {
  const { world } = scene;
  switch (selection.kind) {
    case 'frame':
      return frameText(world, selection.frame);
    case 'entry': {
      const level = world.levels[places.get(selection.frame)?.level ?? -1]?.name.toLowerCase() ?? 'entry ';
      return `${level}[${String(selection.index)}] of ${frameText(world, selection.frame)}`;
    }
    case 'va':
      return world.vas[selection.va]?.name ?? 'an address';
    case 'actor':
      return actorName(at(opened.actors, selection.actor));
    case 'cpu':
      return `CPU${String(selection.cpu)}`;
    case 'lock': {
      const { lock, of } = selection;
      if (lock === 'ptl') return `ptl of ${frameText(world, of)}`;
      return `${lock.replace('_writer', ' (writing)').replace('_readers', ' (reading)')} of ${world.mms[of]?.name ?? ''}`;
    }
  }
}

/** Its values now, in words. */
export function factsOf(inspected: Inspected, selection: Selection): readonly Fact[] {
  const { scene } = inspected;
  switch (selection.kind) {
    case 'frame':
      return frameFacts(inspected, selection.frame);
    case 'entry':
      return entryFacts(inspected, selection);
    case 'va':
      return scene.world.mms.flatMap((_, mm) => walkFacts(scene, mm, selection.va));
    case 'actor':
      return actorFacts(inspected, selection.actor);
    case 'cpu':
      return cpuFacts(scene, selection.cpu);
    case 'lock':
      return [{ name: 'held by', value: holderOf(scene, selection) }];
  }
}

function frameFacts({ scene, places }: Inspected, frame: number): readonly Fact[] {
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

function entryFacts(
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

function walkFacts(scene: Scene, mm: number, va: number): readonly Fact[] {
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

function actorFacts({ choices }: Inspected, actor: number): readonly Fact[] {
  const own = choices.filter((choice) => choice.actor === actor);
  if (own.length === 0) return [{ name: 'next', value: 'nothing: it is at its end' }];
  return own.flatMap(({ label, why }) => [
    { name: 'next', value: label },
    ...(why === '' ? [] : [{ name: 'but', value: why }]),
  ]);
}

function cpuFacts(scene: Scene, cpu: number): readonly Fact[] {
  const { world } = scene;
  const { cr3, mm, lazy, irqsOff, inKernel, tlb, walkCache, pending, awaiting } = cpuState(scene, cpu);
  const cpus = (list: readonly number[]): string =>
    list.length === 0 ? 'nobody' : list.map((n) => `CPU${String(n)}`).join(', ');
  return [
    { name: 'CR3', value: cr3 === 0 ? 'the kernel’s own table' : frameText(world, cr3) },
    { name: 'runs', value: mm < 0 ? 'no process' : `${at(world.mms, mm).name}${lazy ? ', lazily' : ''}` },
    {
      name: 'mode',
      value: `${inKernel ? 'in the kernel' : 'in user mode'}, interrupts ${irqsOff ? 'off' : 'on'}`,
    },
    {
      name: 'IPIs',
      value: `pending from ${cpus(pending.map(({ from }) => from))}; awaits ${cpus(awaiting)}`,
    },
    ...tlb
      .filter(({ entry }) => entry !== 0)
      .map(({ vas, entry, stale }) => ({
        name: 'TLB',
        value: `${vas.map((va) => at(world.vas, va).name).join(', ')}: ${entryText(world, entry)}${stale ? ', stale' : ''}`,
      })),
    ...walkCache
      .filter(({ frame }) => frame !== 0)
      .map(({ name, frame, stale }) => ({
        name,
        value: `${frameText(world, frame)}${stale ? ', stale' : ''}`,
      })),
  ];
}

function holderOf(scene: Scene, { lock, of }: Extract<Selection, { kind: 'lock' }>): string {
  const cpus = (): readonly number[] => {
    if (lock === 'ptl') return [frameState(scene, of).ptl];
    const { pageTableLock, relocationMutex, mmapSemWriter, mmapSemReaders } = mmState(scene, of);
    switch (lock) {
      case 'page_table_lock':
        return [pageTableLock];
      case 'relocation_mutex':
        return [relocationMutex];
      case 'mmap_sem_writer':
        return [mmapSemWriter];
      case 'mmap_sem_readers':
        return mmapSemReaders;
    }
  };
  const held = cpus().filter((cpu) => cpu >= 0);
  return held.length === 0 ? 'nobody' : held.map((cpu) => `CPU${String(cpu)}`).join(', ');
}
