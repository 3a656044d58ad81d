import { type Block, stackBlocks } from '../../layout/tree-blocks.ts';
import { cardHeightPx, columnPx, railPx, type TreeSizes, treeSizes } from '../../layout/tree-size.ts';
import { pageIndices } from './tree-page-room.ts';
import { type Ground, shownPlaces, type TreePlace, wayTo } from './tree-places.ts';
import { type RowSpec, rowsOf } from './tree-rows.ts';

/** A place that has room in the picture. Its `nth` version stands at y + nth * (card height + gap). */
export interface PlanTable extends TreePlace {
  readonly rows: readonly RowSpec[];
  readonly hidden: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly cardHeightPx: number;
}

/** Room for the page that an entry maps. */
export interface PlanPage {
  readonly key: string;
  readonly table: string;
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** Where everything of a run stands. Nothing in it depends on the moment, but for the tables under `focus`. */
export interface Plan extends Pick<Ground, 'world' | 'places' | 'framesBelow' | 'slotOf'> {
  /** Places that have a card only while something in them moves. */
  readonly band: ReadonlySet<string>;
  readonly sizes: TreeSizes;
  readonly tables: ReadonlyMap<string, PlanTable>;
  readonly pages: readonly PlanPage[];
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface PlanArgs {
  readonly ground: Ground;
  readonly expanded: ReadonlyMap<string, number>;
  readonly extra: string | null;
  /** The place that moves now: shown in a band of its own when it has no card. */
  readonly focus: string | null;
}

/** Room is kept for the old and the new table of every place. */
const SLOTS = 2;
const BAND_GAP_PX = 34;

interface Sketch extends Ground {
  readonly sizes: TreeSizes;
  readonly shown: ReadonlySet<string>;
  readonly band: ReadonlySet<string>;
  readonly rows: ReadonlyMap<string, readonly RowSpec[]>;
}

export function makePlan(args: PlanArgs): Plan {
  const sketch = makeSketch(args);
  const { sizes, places, framesBelow, slotOf, band, world } = sketch;
  const roots = sketch.roots.filter(({ key }) => sketch.shown.has(key));
  const topPx = sizes.titlePx + world.cpus * railPx(sizes) + 14;
  const blocks = roots.map((root) => blockOf(sketch, root));
  const tops = new Map(
    stackBlocks(blocks, { gapPx: sizes.blockGapPx, topPx, align: sizes.chipLines > 1 ? 'top' : 'middle' }),
  );
  const bottom = bottomOf(blocks, tops) + BAND_GAP_PX;
  for (const key of band) tops.set(key, bottom);
  const tables = new Map([...sketch.rows].map(([key, rows]) => [key, tableOf(sketch, key, { rows, tops })]));
  const hasBand = world.stride > 16 && sketch.shown.size < places.size;
  const bandPx = SLOTS * (cardHeightPx(sizes, 3) + sizes.versionGapPx);
  return {
    world,
    sizes,
    places,
    tables,
    pages: pagesOf(sketch, tops),
    framesBelow,
    slotOf,
    band,
    widthPx: columnPx(sizes, world.levels.length) + sizes.pagePx + 16,
    heightPx: (hasBand ? bottom + bandPx : bottom - BAND_GAP_PX) + 6,
  };
}

function makeSketch({ ground, expanded, extra, focus }: PlanArgs): Sketch {
  const { world, places, children } = ground;
  const shown = shownPlaces({ ground, expanded, extra });
  const band = new Set(focus === null ? [] : wayTo(places, focus).filter((key) => !shown.has(key)));
  const real = world.stride > 16;
  const sizes = treeSizes({ real, crowded: shown.size > world.levels.length });
  const rows = new Map(
    [...shown, ...band].flatMap((key): [string, readonly RowSpec[]][] => {
      const place = places.get(key);
      if (place === undefined) return [];
      const below = children.get(key) ?? [];
      const own = below.filter((child) => shown.has(child) || band.has(child));
      const indices = own.map((child) => places.get(child)?.path.at(-1) ?? 0);
      return [[key, rowsOf({ world, place, shown: indices, hidden: below.length - own.length })]];
    }),
  );
  return { ...ground, sizes, shown, band, rows };
}

function blockOf(sketch: Sketch, place: TreePlace): Block {
  const { sizes, shown, children, places, rows } = sketch;
  const below = (children.get(place.key) ?? []).filter((key) => shown.has(key));
  const tables = below.flatMap((key) => {
    const child = places.get(key);
    return child === undefined ? [] : [{ index: child.path.at(-1) ?? 0, block: blockOf(sketch, child) }];
  });
  const pages = pagesAt(sketch, place).map((index) => ({
    index,
    block: {
      key: `${place.key}#${String(index)}`,
      column: place.level + 1,
      heightPx: sizes.pageRowPx,
      children: [],
    },
  }));
  const all = [...tables, ...pages].sort((a, b) => a.index - b.index).map(({ block }) => block);
  const slots = Math.max(SLOTS, place.versions.length);
  const card = cardHeightPx(sizes, rows.get(place.key)?.length ?? 0);
  const heightPx = slots * card + (slots - 1) * sizes.versionGapPx;
  return { key: place.key, column: place.level, heightPx, children: all };
}

function pagesAt({ world, rows, band }: Sketch, place: TreePlace): readonly number[] {
  return band.has(place.key) ? [] : pageIndices(world, place, rows.get(place.key) ?? []);
}

function pagesOf(sketch: Sketch, tops: ReadonlyMap<string, number>): readonly PlanPage[] {
  return [...sketch.shown].flatMap((table) => {
    const place = sketch.places.get(table);
    if (place === undefined) return [];
    return pagesAt(sketch, place).map((index) => {
      const key = `${table}#${String(index)}`;
      return { key, table, index, x: columnPx(sketch.sizes, place.level + 1), y: tops.get(key) ?? 0 };
    });
  });
}

function tableOf(
  { sizes, places, children, shown, band }: Sketch,
  key: string,
  { rows, tops }: { rows: readonly RowSpec[]; tops: ReadonlyMap<string, number> },
): PlanTable {
  const place = places.get(key);
  if (place === undefined) throw new Error(`no place ${key}`);
  return {
    ...place,
    rows,
    hidden: (children.get(key) ?? []).filter((child) => !shown.has(child) && !band.has(child)),
    x: columnPx(sizes, place.level),
    y: tops.get(key) ?? 0,
    cardHeightPx: cardHeightPx(sizes, rows.length),
  };
}

function bottomOf(blocks: readonly Block[], tops: ReadonlyMap<string, number>): number {
  return blocks.reduce(
    (low, block) =>
      Math.max(low, (tops.get(block.key) ?? 0) + block.heightPx, bottomOf(block.children, tops)),
    0,
  );
}
