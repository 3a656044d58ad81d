import { create } from 'zustand';
import { useScreen } from './screens.ts';

export interface PaletteState {
  /** Whether the list of all commands is open. */
  readonly isOpen: boolean;
  /** The screen on which it was opened last. */
  readonly openedOn: string;
}

export const usePalette = create<PaletteState>(() => ({ isOpen: false, openedOn: '' }));

/** Opens and closes it with Ctrl+K or Cmd+K, wherever the focus is. Gives a function that stops it. */
export function listenForPalette(): () => void {
  const pressed = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (key.toLowerCase() !== 'k' || ctrlKey === metaKey || altKey || shiftKey) return;
    event.preventDefault();
    usePalette.setState(({ isOpen }) => ({ isOpen: !isOpen, openedOn: useScreen.getState().screen }));
  };
  addEventListener('keydown', pressed);
  return () => {
    removeEventListener('keydown', pressed);
  };
}
