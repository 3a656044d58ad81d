import { create } from 'zustand';

/** Whether the list of all commands is open. */
export const usePalette = create<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

/** Opens and closes it with Ctrl+K or Cmd+K, wherever the focus is. Gives a function that stops it. */
export function listenForPalette(): () => void {
  const pressed = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (key.toLowerCase() !== 'k' || ctrlKey === metaKey || altKey || shiftKey) return;
    event.preventDefault();
    usePalette.setState(({ isOpen }) => ({ isOpen: !isOpen }));
  };
  addEventListener('keydown', pressed);
  return () => {
    removeEventListener('keydown', pressed);
  };
}
