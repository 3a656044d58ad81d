/** p50, p95, p99 and worst of some durations in milliseconds, rounded to a tenth. */
export function percentiles(
  durationsMs: readonly number[],
): Readonly<Record<'p50' | 'p95' | 'p99' | 'worst', number>> {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const pick = (part: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
    return Math.round(value * 10) / 10;
  };
  return { p50: pick(0.5), p95: pick(0.95), p99: pick(0.99), worst: pick(1) };
}
