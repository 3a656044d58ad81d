import type { Chart } from '../../../reports/chart.ts';
import { MARKER_PATHS, seriesLook } from './series-look.ts';

/** What the page's css gives to a shape, and a file must carry itself. */
const CARRIED = ['fill', 'stroke', 'stroke-width', 'stroke-linejoin', 'opacity', 'fill-opacity'].concat([
  'font-family',
  'font-size',
  'font-weight',
]);
const NAMESPACE = 'http://www.w3.org/2000/svg';
const LEGEND_LINE_PX = 18;
const HEAD_PX = 26;

/** A drawn chart as an SVG file that stands alone: colours and fonts written out, its title and legend above it. */
export function svgText(drawn: SVGSVGElement, chart: Chart): string {
  const copy = carried(drawn);
  copy.setAttribute('xmlns', NAMESPACE);
  for (const rule of copy.querySelectorAll('.chart-rule, .chart-band')) rule.remove();
  const { ink, paper, font } = inks(drawn);
  const names = chart.series.map(({ name }) => name).concat(markNames(chart));
  const headPx = HEAD_PX + names.length * LEGEND_LINE_PX;
  const [width, height] = [drawn.clientWidth, drawn.clientHeight + headPx];
  const top = -20 - headPx;
  copy.setAttribute('viewBox', `0 ${String(top)} ${String(width)} ${String(height)}`);
  copy.setAttribute('height', String(height));
  const head = element('g', { 'font-family': font, 'font-size': '12', fill: ink });
  head.append(text(chart.title, { x: '8', y: String(top + 17), 'font-weight': 'bold' }));
  names.forEach((name, i) => {
    const y = top + HEAD_PX + (i + 0.6) * LEGEND_LINE_PX;
    head.append(legendSign(drawn, i, y), text(name, { x: '30', y: String(y + 4) }));
  });
  copy.prepend(element('rect', { y: String(top), width: '100%', height: '100%', fill: paper }), head);
  return new XMLSerializer().serializeToString(copy);
}

function carried(drawn: SVGSVGElement): Element {
  const copy = drawn.cloneNode(true);
  if (!(copy instanceof Element)) throw new Error('a copy of an element is an element');
  const copies = copy.querySelectorAll('*');
  drawn.querySelectorAll('*').forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const name of CARRIED) copies[i]?.setAttribute(name, style.getPropertyValue(name));
  });
  return copy;
}

const markNames = (chart: Chart): readonly string[] =>
  chart.kind === 'bar' && chart.marks !== undefined ? [chart.marks.name] : [];

/** The shape of a series in the colour that it has in the picture. */
function legendSign(drawn: SVGSVGElement, index: number, y: number): Element {
  const { className, shape } = seriesLook(index);
  const isSeries = drawn.querySelector(`.${className}`) !== null;
  const sample = drawn.querySelector(isSeries ? `.${className} > *` : '.chart-mark');
  const style = sample === null ? null : getComputedStyle(sample);
  const colour = style?.stroke === 'none' ? style.fill : (style?.stroke ?? 'currentColor');
  const d = MARKER_PATHS[isSeries ? shape : 'diamond'];
  return element('path', { d, transform: `translate(16 ${String(y)})`, fill: colour, stroke: colour });
}

function inks(drawn: SVGSVGElement): Readonly<Record<'ink' | 'paper' | 'font', string>> {
  const style = getComputedStyle(drawn);
  const paper = getComputedStyle(drawn.closest('.chart') ?? drawn).backgroundColor;
  return { ink: style.color, paper, font: style.fontFamily };
}

function element(name: string, attributes: Readonly<Record<string, string>>): Element {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function text(content: string, attributes: Readonly<Record<string, string>>): Element {
  const made = element('text', attributes);
  made.textContent = content;
  return made;
}
