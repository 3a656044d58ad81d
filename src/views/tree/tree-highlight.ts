import { entryOf, type Scene } from '../../machine/decode.ts';
import { ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { readField } from '../../program/layout.ts';
import type { ActorInfo } from '../../scenarios/build.ts';
import type { Selection } from '../../store/selection.ts';
import type { Holder } from './tree-holders.ts';

/** What a selection (or what is pointed at) marks in the tree. */
export interface Highlight {
  readonly frames: ReadonlySet<number>;
  /** "frame.index" */
  readonly entries: ReadonlySet<string>;
}

const NOTHING: Highlight = { frames: new Set(), entries: new Set() };

export interface HighlightArgs {
  readonly scene: Scene;
  readonly actors: readonly ActorInfo[];
  readonly holders: readonly Holder[];
}

export function highlightOf(selection: Selection | null, args: HighlightArgs): Highlight {
  if (selection === null) return NOTHING;
  switch (selection.kind) {
    case 'frame':
      return { frames: new Set([selection.frame]), entries: new Set() };
    case 'entry': {
      const entries = new Set([`${String(selection.frame)}.${String(selection.index)}`]);
      return { frames: new Set([selection.frame]), entries };
    }
    case 'va':
      return walkOf(args.scene, selection.va);
    case 'actor': {
      const actor = args.actors[selection.actor];
      return heldBy(
        args,
        (holder) => actor !== undefined && holder.cpu === actor.cpu && holder.kind === 'thread',
      );
    }
    case 'cpu':
      return heldBy(args, ({ cpu, kind }) => cpu === selection.cpu && kind !== 'thread');
    case 'lock':
      return selection.lock === 'ptl' ? { frames: new Set([selection.of]), entries: new Set() } : NOTHING;
  }
}

function heldBy({ holders }: HighlightArgs, test: (holder: Holder) => boolean): Highlight {
  return { frames: new Set(holders.filter(test).map(({ frame }) => frame)), entries: new Set() };
}

/** The way of an address through the trees that lead somewhere for it, from mm.pgd down. */
function walkOf(scene: Scene, vaId: number): Highlight {
  const { world, layout, words } = scene;
  const va = world.vas[vaId];
  const [frames, entries] = [new Set<number>(), new Set<string>()];
  world.mms.forEach((_, mm) => {
    let frame = readField(layout, words, 'mm.pgd', mm);
    for (let level = 0; va !== undefined && level <= va.leaf; level++) {
      const index = va.path[level] ?? 0;
      frames.add(frame);
      entries.add(`${String(frame)}.${String(index)}`);
      const entry = entryOf(scene, frame, index);
      if ((entry & ENTRY_P) === 0) return;
      frame = entryFrame(entry);
    }
    frames.add(frame);
  });
  return { frames, entries };
}

/** The marked entries of one table, as a text that is the same when they are: "0,3". */
export function markedRows({ entries }: Highlight, frame: number): string {
  const prefix = `${String(frame)}.`;
  return [...entries].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])).join(',');
}
