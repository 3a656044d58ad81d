import { create } from 'zustand';

export type DialogName = 'help' | 'design' | 'file' | 'search' | 'share' | 'recent';

export interface DialogState {
  /** Which dialog is open; one at a time. */
  readonly dialog: DialogName | null;
  /** Whether the focus goes back, at the close, to where it was before. */
  readonly returnsFocus: boolean;
}

export const useDialog = create<DialogState>(() => ({ dialog: null, returnsFocus: true }));

export function showDialog(dialog: DialogName | null): void {
  useDialog.setState({ dialog, returnsFocus: true });
}

/** Closes the dialog that led to something else: the focus does not go back to the button that had opened it. */
export function leaveDialog(): void {
  useDialog.setState({ dialog: null, returnsFocus: false });
}
