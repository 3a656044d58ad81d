import { type ChangeEvent, useRef } from 'react';
import { Button } from './button.tsx';

interface FileChooserProps {
  /** What the button says. */
  readonly words: string;
  /** What the chooser is for, for those who do not see the button. */
  readonly label: string;
  readonly title?: string;
  readonly look?: 'primary';
  /** Which files the browser offers first; all where it is left out. */
  readonly accept?: string;
  readonly choose: (file: File) => void;
}

/** A button that opens the browser's own chooser of files. */
export function FileChooser({ words, label, accept, choose, ...button }: FileChooserProps) {
  const input = useRef<HTMLInputElement>(null);
  const chosen = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const [file] = target.files ?? [];
    // So that choosing the same file again is a change, too.
    target.value = '';
    if (file !== undefined) choose(file);
  };
  return (
    <>
      <Button {...button} onClick={() => input.current?.click()}>
        {words}
      </Button>
      <input ref={input} type="file" accept={accept} hidden aria-label={label} onChange={chosen} />
    </>
  );
}
