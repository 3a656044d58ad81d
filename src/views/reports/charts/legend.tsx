import { MARKER_PATHS, seriesLook } from './series-look.ts';

interface ChartLegendProps {
  readonly names: readonly string[];
  /** Lines are shown with their dash, bars as a block. */
  readonly kind: 'line' | 'bar';
  /** Values from elsewhere, drawn as diamonds. */
  readonly marks?: string | undefined;
}

/** What each line or bar is: a word beside its colour, dash and shape. */
export function ChartLegend({ names, kind, marks }: ChartLegendProps) {
  if (names.length === 1 && marks === undefined) return null;
  return (
    <ul className="chart-legend">
      {names.map((name, i) => (
        <li key={name} className={seriesLook(i).className}>
          <svg width="30" height="12" viewBox="-15 -6 30 12" aria-hidden="true">
            {kind === 'line' ? <LineSample index={i} /> : <BarSample index={i} />}
          </svg>
          {name}
        </li>
      ))}
      {marks !== undefined && (
        <li>
          <svg width="30" height="12" viewBox="-15 -6 30 12" aria-hidden="true">
            <path className="chart-mark" d={MARKER_PATHS.diamond} />
          </svg>
          {marks}
        </li>
      )}
    </ul>
  );
}

function LineSample({ index }: { readonly index: number }) {
  const { dash, shape } = seriesLook(index);
  return (
    <>
      <path className="chart-line" d="M-14 0H14" strokeDasharray={dash} />
      <path className="chart-dot" d={MARKER_PATHS[shape]} />
    </>
  );
}

function BarSample({ index }: { readonly index: number }) {
  return (
    <>
      <path className="chart-bar" d="M-12 -5H12V5H-12z" />
      <path className="chart-bar-sign" d={MARKER_PATHS[seriesLook(index).shape]} />
    </>
  );
}
