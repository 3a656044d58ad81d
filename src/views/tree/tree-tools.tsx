import type { RefObject } from 'react';
import type { Zoomer } from './zoomer.ts';

interface TreeToolsProps {
  readonly zoomer: RefObject<Zoomer | null>;
  readonly collapse: (() => void) | null;
}

/** Zoom by button, for those without a wheel. */
export function TreeTools({ zoomer, collapse }: TreeToolsProps) {
  return (
    <div className="tree-tools">
      {collapse === null ? null : (
        <button type="button" onClick={collapse}>
          Collapse
        </button>
      )}
      <button type="button" aria-label="Zoom out" onClick={() => zoomer.current?.by(1 / 1.3)}>
        −
      </button>
      <button type="button" aria-label="Zoom in" onClick={() => zoomer.current?.by(1.3)}>
        +
      </button>
      <button type="button" onClick={() => zoomer.current?.fit()}>
        Fit
      </button>
    </div>
  );
}
