import type { Selection } from '../../store/selection.ts';
import type { Watch } from '../../store/stops.ts';
import { localName } from '../../machine/field-words.ts';
import { wordsOf } from '../../worker/object-words.ts';
import { rangesOf } from './chosen.ts';
import { titleOf } from './facts.ts';
import type { Inspected } from './inspected.ts';

/** A stop at any change of what is chosen, of an actor at those of its locals; without words for what is no part of the state. */
export function watchOf(inspected: Inspected, selection: Selection): Watch {
  const { scene, opened } = inspected;
  const title = titleOf(inspected, selection);
  const name = selection.kind === 'actor' ? `a local of ${title}` : title;
  return { kind: 'change', name, ranges: rangesOf(scene.layout, selection, opened.programs), of: selection };
}

/** A stop at changes of one local of the actor that is chosen. */
export function watchOfLocal(inspected: Inspected, selection: Selection, field: string): Watch {
  const ranges = wordsOf(inspected.scene.layout, { kind: 'word', field, row: 0, col: 0 });
  return {
    kind: 'change',
    name: `${localName(field)} of ${titleOf(inspected, selection)}`,
    ranges,
    of: selection,
  };
}
