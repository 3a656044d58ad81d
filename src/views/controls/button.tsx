import type { MouseEventHandler, ReactNode, Ref } from 'react';
import './button.css';

interface ButtonProps {
  readonly onClick: MouseEventHandler<HTMLButtonElement>;
  readonly children: ReactNode;
  readonly look?: 'plain' | 'primary' | 'quiet';
  /** Named for those who see only a pictogram. */
  readonly label?: string;
  readonly title?: string;
  /** It stays focusable, so that the keyboard's place is not lost; a press does nothing. */
  readonly unavailable?: boolean;
  readonly pressed?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button of the workbench. */
export function Button(props: ButtonProps) {
  const {
    onClick,
    children,
    look = 'plain',
    label,
    title,
    unavailable = false,
    pressed,
    className = '',
    ref,
  } = props;
  return (
    <button
      ref={ref}
      type="button"
      className={`button button-${look} ${className}`.trimEnd()}
      aria-label={label}
      aria-disabled={unavailable || undefined}
      aria-pressed={pressed}
      title={title ?? label}
      onClick={(event) => {
        if (!unavailable) onClick(event);
      }}
    >
      {children}
    </button>
  );
}
