import { type RefObject, useEffect } from 'react';
import { useDialog } from '../../store/dialogs.ts';
import { redo, undo, useEditor } from '../../store/editor.ts';

/** Ctrl/Cmd+Z and its counterparts, but not while a text is typed into, which has its own. Gives a function that stops it. */
export function listenToUndo(): () => void {
  const pressed = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, shiftKey, target } = event;
    if (!(ctrlKey || metaKey) || useDialog.getState().dialog !== null) return;
    if (target instanceof HTMLInputElement && target.type !== 'checkbox') return;
    const wanted = key === 'y' || (key === 'Z' && shiftKey) ? redo : key === 'z' ? undo : null;
    if (wanted === null) return;
    event.preventDefault();
    wanted();
  };
  addEventListener('keydown', pressed);
  return () => {
    removeEventListener('keydown', pressed);
  };
}

/**
 * Keeps the keyboard's place: where a change takes away what had the focus (the last thing of a list that is removed), the
 * last button of that part has it, which adds another.
 */
export function useKeptPlace(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current;
    let part: Element | null = null;
    const came = ({ target }: FocusEvent): void => {
      part = target instanceof Element ? target.closest('section') : null;
    };
    const look = (): void => {
      if (document.activeElement !== document.body) return;
      [...(part?.querySelectorAll('button') ?? [])].at(-1)?.focus();
    };
    element?.addEventListener('focusin', came);
    const forget = useEditor.subscribe(() => requestAnimationFrame(look));
    return () => {
      element?.removeEventListener('focusin', came);
      forget();
    };
  }, [root]);
}
