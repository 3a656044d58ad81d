import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { type DialogName, showDialog, useDialog } from '../../store/dialogs.ts';
import { Icon } from '../controls/icon.tsx';
import './dialog-frame.css';

interface DialogFrameProps {
  readonly name: DialogName;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the foot, which stay in sight. */
  readonly foot?: ReactNode;
  /** What has the focus when the dialog opens; without it, the cross. */
  readonly first?: RefObject<HTMLElement | null>;
  /** What Ctrl+Enter does, wherever the focus is in the dialog: its main button is far from what was changed. */
  readonly onDone?: () => void;
}

/** A dialog over the page; Esc, its cross or a press beside it closes it. */
export function DialogFrame({ name, title, children, foot, first, onDone }: DialogFrameProps) {
  const isOpen = useDialog(({ dialog }) => dialog === name);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => showDialog(next ? name : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup
          className="dialog"
          onKeyDown={({ key, ctrlKey, metaKey }) => {
            if (key === 'Enter' && (ctrlKey || metaKey)) onDone?.();
          }}
          finalFocus={() => useDialog.getState().returnsFocus}
          {...(first === undefined ? {} : { initialFocus: first })}
        >
          <div className="dialog-head">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            <Dialog.Close className="button button-quiet" aria-label="Close">
              <Icon name="close" />
            </Dialog.Close>
          </div>
          <div className="dialog-body" tabIndex={-1}>
            {children}
          </div>
          {foot !== undefined && <div className="dialog-foot">{foot}</div>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
