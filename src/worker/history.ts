import { at } from '../lib/at.ts';
import { elementText, localName, localText, valueText } from '../machine/field-words.ts';
import type { World } from '../machine/world.ts';
import { locate } from '../program/layout.ts';
import { wordsOf } from './object-words.ts';
import type { StateObject } from './objects.ts';
import type { Session } from './session.ts';
import { stepWrites } from './step-writes.ts';

/** One change of an object. */
export interface Change {
  /** Steps taken once it was made: 1 for the first step. */
  readonly step: number;
  /** Who made it: number of the actor. */
  readonly actor: number;
  /** The step, in words. */
  readonly label: string;
  /** What changed: "entry 1 of frame 7", "ptl of frame 7", "cr3 of CPU0"; of locals only "walk table". */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

interface Write {
  readonly element: NonNullable<ReturnType<typeof locate>>;
  readonly before: number;
  readonly after: number;
}

function inWords(
  world: World,
  { kind }: StateObject,
  { element, before, after }: Write,
): Pick<Change, 'what' | 'before' | 'after'> {
  const { name } = element.field;
  const text = kind === 'locals' ? localText : valueText;
  return {
    what: kind === 'locals' ? localName(name) : elementText(world, name, element),
    before: text(world, name, before),
    after: text(world, name, after),
  };
}

/** Every change of the object from the first step to the moment shown, oldest first, read from the journal of writes. */
export function historyOf({ run, built, records }: Session, object: StateObject): readonly Change[] {
  const { layout } = built.model;
  const words = wordsOf(layout, object);
  const changes: Change[] = [];
  for (let index = 0; index < run.cursor; index++)
    for (const { offset, before, after } of stepWrites(run, index, words)) {
      const element = locate(layout, offset);
      if (element === null) continue;
      const { actor, label } = at(records, index);
      const write = { element, before, after };
      changes.push({ step: index + 1, actor, label, ...inWords(built.world, object, write) });
    }
  return changes;
}
