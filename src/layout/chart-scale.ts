import { type ScaleLinear, scaleLinear, scaleLog, type ScaleLogarithmic } from 'd3';
import { type Axis, inWords } from '../reports/chart.ts';

/** Room inside a picture, px. */
export interface PlotBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The plot inside a picture of this size: room for numbers at the left and below. */
export function plotBox(widthPx: number, heightPx: number, leftPx: number): PlotBox {
  return { left: leftPx, right: Math.max(leftPx + 40, widthPx - 26), top: 12, bottom: heightPx - 44 };
}

export type Scale = ScaleLinear<number, number> | ScaleLogarithmic<number, number>;

export interface Tick {
  readonly atPx: number;
  readonly text: string;
}

/** From numbers to px. A linear scale starts at 0 unless there is something below; a logarithmic one at a power. */
export function axisScale(axis: Axis, values: readonly number[], rangePx: readonly [number, number]): Scale {
  if (axis.scale === 'log') {
    const positive = values.filter((value) => value > 0);
    const [low, high] = [Math.min(...positive), Math.max(...positive)];
    return scaleLog()
      .domain([low, Math.max(high, low * 2)])
      .range(rangePx);
  }
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return scaleLinear()
    .domain([low, high === low ? low + 1 : high])
    .nice(5)
    .range(rangePx);
}

/** Round numbers along an axis, at least `leastPx` apart. Powers of two on a logarithmic axis of bytes. */
export function axisTicks(axis: Axis, scale: Scale, leastPx: number): readonly Tick[] {
  const [from = 0, to = 0] = scale.range();
  const most = Math.max(2, Math.floor(Math.abs(to - from) / leastPx));
  const values = axis.scale === 'log' ? logTicks(axis, scale, most) : scale.ticks(most);
  return values.map((value) => ({ atPx: scale(value), text: inWords(axis.words, value) }));
}

/** Powers of two or ten, so many at most. */
function logTicks(axis: Axis, scale: Scale, most: number): readonly number[] {
  const base = axis.words === 'bytes' ? 2 : powerBase(scale);
  const [low = 1, high = 1] = scale.domain();
  const [first, last] = [Math.ceil(logOf(low, base)), Math.floor(logOf(high, base))];
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  const count = Math.floor((last - first) / every) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => base ** (first + i * every));
}

/** Ten where the axis spans three decades or more: fewer powers of ten would be too few ticks. */
function powerBase(scale: Scale): number {
  const [low = 1, high = 1] = scale.domain();
  return high / low >= 1000 ? 10 : 2;
}

const logOf = (value: number, base: number): number =>
  Math.round((Math.log(value) / Math.log(base)) * 1e9) / 1e9;
