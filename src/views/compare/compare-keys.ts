import { useCompare } from '../../store/compare.ts';
import { goBothTo, pauseBoth, togglePlayBoth } from '../../store/compare-play.ts';
import { nearestMoment } from '../../store/compare-rows.ts';
import { useDialog } from '../../store/dialogs.ts';
import { usePalette } from '../../store/palette.ts';
import { belongsElsewhere } from '../controls/keys.ts';

/** The moment that a key leads to, by steps of the schedules; null for keys that lead nowhere. */
function momentOfKey(key: string): number | null {
  const { index, sides, landmarks } = useCompare.getState();
  if (sides === null) return null;
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
      return landmarks.differences[0] ?? null;
    case 'f':
      return landmarks.failure;
    case '[':
      return nearestMoment(landmarks.differences, index, -1);
    case ']':
      return nearestMoment(landmarks.differences, index, 1);
    default:
      return null;
  }
}

/** The keys of the workbench, for both sides. Gives a function that stops it. */
export function listenToArrows(): () => void {
  const pressed = (event: KeyboardEvent): void => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (event.defaultPrevented || ctrlKey || metaKey || altKey) return;
    if (usePalette.getState().isOpen || useDialog.getState().dialog !== null) return;
    if (target instanceof Element && belongsElsewhere(key, target)) return;
    if (move(event)) event.preventDefault();
  };
  addEventListener('keydown', pressed);
  return () => {
    removeEventListener('keydown', pressed);
  };
}

/** Does what a key is for; false where it is for nothing. */
function move({ key, shiftKey }: KeyboardEvent): boolean {
  if (useCompare.getState().sides === null) return false;
  if (key === ' ') togglePlayBoth(shiftKey ? -1 : 1);
  else if (key === 'Escape') pauseBoth();
  else {
    const moment = momentOfKey(key);
    if (moment === null) return false;
    goBothTo(moment);
  }
  return true;
}
