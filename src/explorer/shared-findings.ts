import { at } from '../lib/at.ts';
import type { EngineText } from './engine.ts';
import type { Broken, Findings } from './search.ts';
import { DEADLOCK, type SharedSpace, sharedLog, Word } from './shared-space.ts';

/** What several workers found together, once they are done. */
export function sharedFindings(space: SharedSpace, text: EngineText): Findings {
  const { control } = space;
  return {
    text,
    store: { count: at(control, Word.states) },
    log: sharedLog(space),
    depth: at(control, Word.depth),
    transitions: at(control, Word.transitions),
    violations: brokenIn(space, text.properties),
    reached: at(control, Word.reached),
    ends: at(control, Word.ends),
  };
}

/** Properties found broken so far, while the workers search. */
export function brokenProperties(space: SharedSpace, properties: readonly string[]): readonly string[] {
  return [...brokenIn(space, properties).keys()];
}

function brokenIn({ broken }: SharedSpace, properties: readonly string[]): ReadonlyMap<string, Broken> {
  const found = new Map<string, Broken>();
  const look = (number: number, property: string): void => {
    const state = at(broken, number * 2);
    if (state !== 0) found.set(property, { state, action: at(broken, number * 2 + 1) - 2 });
  };
  for (const [number, property] of properties.entries()) look(number, property);
  look(DEADLOCK, 'no-deadlock');
  return found;
}
