import { compareAt, useCompare } from '../../store/compare.ts';
import { firstDifference } from '../../store/compare-rows.ts';
import { firstBreach } from '../../store/compare-strip.ts';
import { useDialog } from '../../store/dialogs.ts';
import { usePalette } from '../../store/palette.ts';
import { belongsElsewhere } from '../controls/keys.ts';

/** The moment that a key leads to, by steps of the schedules; null for keys that lead nowhere. */
function momentOfKey(key: string): number | null {
  const { index, sides } = useCompare.getState();
  if (sides === null) return null;
  const [left, right] = sides;
  switch (key) {
    case 'ArrowRight':
      return index + 1;
    case 'ArrowLeft':
      return index - 1;
    case 'Home':
      return 0;
    case 'End':
      return Infinity;
    case 'd':
      return afterStep(firstDifference(left, right));
    case 'f':
      return afterStep(firstBreach(left.rows, right.rows));
    default:
      return null;
  }
}

function afterStep(step: number): number | null {
  return step < 0 ? null : step + 1;
}

/** The keys of the workbench, for both sides. Gives a function that stops it. */
export function listenToArrows(): () => void {
  const pressed = (event: KeyboardEvent): void => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (event.defaultPrevented || ctrlKey || metaKey || altKey) return;
    if (usePalette.getState().isOpen || useDialog.getState().dialog !== null) return;
    if (target instanceof Element && belongsElsewhere(key, target)) return;
    const moment = momentOfKey(key);
    if (moment === null) return;
    event.preventDefault();
    void compareAt(moment);
  };
  addEventListener('keydown', pressed);
  return () => {
    removeEventListener('keydown', pressed);
  };
}
