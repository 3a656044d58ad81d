/** Lengths of the page-table tree, in px at zoom 1. Text in it is 13 px high. */
export interface TreeSizes {
  /** Left of the first column: the CPUs' names. */
  readonly marginPx: number;
  readonly cardPx: number;
  readonly pagePx: number;
  /** Between two columns. */
  readonly gutterPx: number;
  readonly headPx: number;
  readonly rowPx: number;
  /** One line of who points at a table; each card keeps room for `footLines`. */
  readonly footPx: number;
  readonly footLines: number;
  /** Between the versions of one place. */
  readonly versionGapPx: number;
  /** Between two places of a column. */
  readonly blockGapPx: number;
  readonly pageRowPx: number;
  /** Name of a level over its column. */
  readonly titlePx: number;
  /** One line of chips in a CPU's rail. */
  readonly chipPx: number;
  readonly chipLines: number;
}

/** One character of the monospaced text. */
export const CHAR_PX = 7.83;

export interface SizesFor {
  /** Frame numbers are long (hex), tables have hundreds of entries. */
  readonly real: boolean;
  /** More than one place a level. */
  readonly crowded: boolean;
}

export function treeSizes({ real, crowded }: SizesFor): TreeSizes {
  return {
    marginPx: 52,
    cardPx: real ? 186 : 148,
    pagePx: real ? 142 : 104,
    gutterPx: real ? 46 : 40,
    headPx: 22,
    rowPx: 19,
    footPx: 17,
    footLines: 2,
    versionGapPx: 16,
    blockGapPx: 18,
    pageRowPx: 50,
    titlePx: 18,
    chipPx: 21,
    chipLines: crowded ? 2 : 1,
  };
}

/** Height of a table's card with so many rows of entries. */
export function cardHeightPx(sizes: TreeSizes, rows: number): number {
  return sizes.headPx + rows * sizes.rowPx + sizes.footLines * sizes.footPx + 2;
}

/** Where column `level` begins. */
export function columnPx(sizes: TreeSizes, level: number): number {
  return sizes.marginPx + level * (sizes.cardPx + sizes.gutterPx);
}

/** Height of a CPU's rail. */
export function railPx(sizes: TreeSizes): number {
  return sizes.chipLines * sizes.chipPx + 5;
}

/** Middle of row `row` of a card, from the card's top. */
export function rowMiddlePx(sizes: TreeSizes, row: number): number {
  return sizes.headPx + (row + 0.5) * sizes.rowPx;
}
