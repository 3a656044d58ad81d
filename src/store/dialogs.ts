import { create } from 'zustand';

export type DialogName = 'help' | 'design' | 'file' | 'search' | 'share' | 'recent';

/** Which dialog is open; one at a time. */
export const useDialog = create<{ readonly dialog: DialogName | null }>(() => ({ dialog: null }));

export function showDialog(dialog: DialogName | null): void {
  useDialog.setState({ dialog });
}
