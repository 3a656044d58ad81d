import { elementText, valueText } from '../../machine/field-words.ts';
import { locate } from '../../program/layout.ts';
import type { Scene } from '../../machine/decode.ts';
import type { Selection } from '../../store/selection.ts';
import { selectionOf } from './chosen.ts';

/** One element of the state that a step changed, in words. */
export interface ElementChange {
  readonly offset: number;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** What to choose to learn more of it; null for nothing. */
  readonly leadsTo: Selection | null;
}

/** Locals of threads and handlers stand in their lanes; `rcu.waits_for` and its like are for everybody. */
const OWN = /^(cpu|ipi|spec)\d+\.|^rcu\.(pc|[a-z]+_(table|page|entry)|batch|frame)$/;

/** What the step changed of what all share: no locals, no ghosts. `before` has what the words at `changed` held. */
export function stepChanges(scene: Scene, changed: Int32Array, before: Int32Array): readonly ElementChange[] {
  const { world, layout, words } = scene;
  return [...changed].flatMap((offset, i) => {
    const found = locate(layout, offset);
    if (found === null || found.field.ghost || OWN.test(found.field.name)) return [];
    const { field, row, col } = found;
    return {
      offset,
      what: elementText(world, field.name, { row, col }),
      before: valueText(world, field.name, before[i] ?? 0),
      after: valueText(world, field.name, words[offset] ?? 0),
      leadsTo: selectionOf(field.name, row, col),
    };
  });
}
