import type { RefObject } from 'react';
import { type Chart, chartCsv } from '../../../reports/chart.ts';
import { Button } from '../../controls/button.tsx';
import { saveText } from './save-text.ts';
import { svgText } from './svg-text.ts';

interface SaveButtonsProps {
  readonly chart: Chart;
  readonly svg: RefObject<SVGSVGElement | null>;
}

/** A chart as a file: the picture as it is drawn now, or its figures in full. */
export function SaveButtons({ chart, svg }: SaveButtonsProps) {
  const savePicture = (): void => {
    if (svg.current !== null) saveText(`${chart.id}.svg`, 'image/svg+xml', svgText(svg.current, chart));
  };
  const saveFigures = (): void => saveText(`${chart.id}.csv`, 'text/csv', chartCsv(chart));
  return (
    <div className="chart-saves">
      <Button onClick={savePicture} title={`Save “${chart.title}” as SVG`}>
        Save SVG
      </Button>
      <Button onClick={saveFigures} title={`Save the figures of “${chart.title}” as CSV`}>
        Save CSV
      </Button>
    </div>
  );
}
