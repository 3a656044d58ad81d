import { at } from '../../lib/at.ts';
import { frameText } from '../../machine/words.ts';
import type { Selection } from '../../store/selection.ts';
import { actorName } from '../shell/actor-name.ts';
import { actorFacts, cpuFacts, holderOf } from './cpu-facts.ts';
import type { Fact, Inspected } from './inspected.ts';
import { entryFacts, frameFacts, walkFacts } from './table-facts.ts';

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
