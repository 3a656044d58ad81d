export interface Flow {
  readonly widthPx: number;
  readonly gapPx: number;
  readonly linePx: number;
  readonly lines: number;
}

/** Where a chip stands in its cell; null when there is no room left. */
export type Spot = { readonly x: number; readonly y: number } | null;

/** Sets chips of the given widths one after the other, line by line. What does not fit any more gets no spot. */
export function flowChips(
  widthsPx: readonly number[],
  { widthPx, gapPx, linePx, lines }: Flow,
): readonly Spot[] {
  let [x, line, full] = [0, 0, false];
  return widthsPx.map((chip) => {
    if (x > 0 && x + chip > widthPx) [x, line] = [0, line + 1];
    full ||= line >= lines;
    if (full) return null;
    const spot = { x, y: line * linePx };
    x += chip + gapPx;
    return spot;
  });
}
