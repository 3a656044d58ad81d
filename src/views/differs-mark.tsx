import { useDiffers } from './shown-run.ts';
import './differs-mark.css';

/** What the mark of a difference says. */
export const DIFFERS = 'differs from the run beside it';

/** Marks what is not the same in the run beside this one; nothing where no other run is. */
export function DiffersMark({ elements }: { readonly elements: readonly string[] }) {
  const differs = useDiffers();
  if (!elements.some(differs)) return null;
  return (
    <span className="differs-mark" title={DIFFERS}>
      <span aria-hidden="true">◆</span>
      <span className="visually-hidden">{DIFFERS}</span>
    </span>
  );
}
