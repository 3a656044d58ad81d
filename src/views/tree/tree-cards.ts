import { cardHeightPx } from '../../layout/tree-size.ts';
import { frameState, type Scene } from '../../machine/decode.ts';
import { pfnText } from '../../machine/words.ts';
import { rowMarks } from './tree-entries.ts';
import { feetOf } from './tree-feet.ts';
import type { Holder, WasChanged } from './tree-holders.ts';
import type { CardMark, RowMark } from './tree-model.ts';
import type { Plan } from './tree-plan.ts';
import type { Spot } from './tree-spots.ts';

export interface CardArgs {
  readonly scene: Scene;
  readonly plan: Plan;
  readonly holders: ReadonlyMap<number, readonly Holder[]>;
  readonly wasChanged: WasChanged;
  /** By frame: the property that the last step broke there. */
  readonly culprits: ReadonlyMap<number, string>;
}

const STATES = {
  current: 'in the tree',
  limbo: 'in limbo',
  freed: 'freed',
  unlinked: 'unlinked',
  new: 'new, not in the tree yet',
} as const;

/** A table at this moment: what it holds, who leads to it, what the last step did to it. */
export function cardMark(args: CardArgs, spot: Spot): CardMark {
  const { scene, plan, holders, wasChanged, culprits } = args;
  const { sizes, world } = plan;
  const { frame, table } = spot;
  const { pfn, node, ptl } = frameState(scene, frame);
  const rows = rowMarks({ scene, plan, spot, wasChanged });
  const level = table?.level ?? -1;
  const title = `${world.levels[level]?.name ?? ''} ${pfnText(pfn)}`.trim();
  const lines = table === null ? 0 : sizes.footLines;
  const feet = feetOf(holders.get(frame) ?? [], { lines, widthPx: sizes.cardPx });
  const card = {
    frame,
    place: table?.key ?? null,
    level,
    x: spot.x,
    y: spot.y,
    widthPx: table === null ? sizes.pagePx : sizes.cardPx,
    heightPx: table === null ? sizes.headPx : cardHeightPx(sizes, table.rows.length),
    title,
    node,
    state: spot.state,
    rows,
    feet,
    lock: ptl,
    lockChanged: wasChanged('frame.ptl', frame),
    changed: wasChanged('frame.kind', frame),
    culprit: culprits.get(frame) ?? '',
  };
  return { ...card, says: inWords(card, path(spot)) };
}

function path({ table }: Spot): string {
  if (table === null) return 'no place yet';
  return table.path.length === 0
    ? 'top of the tree'
    : `at ${table.path.map((i) => `[${String(i)}]`).join('')}`;
}

function inWords(card: Omit<CardMark, 'says'>, where: string): string {
  const name = card.title.replace(/(\S+)$/, 'table, frame $1');
  const parts = [
    `${name}, node ${String(card.node)}, ${STATES[card.state]}, ${where}`,
    ...card.rows.map(rowWords),
  ];
  for (const { says } of card.feet) parts.push(`reached by ${says}`);
  if (card.lock >= 0) parts.push(`its ptl is held by CPU${String(card.lock)}`);
  if (card.culprit !== '') parts.push(`breaks ${card.culprit}`);
  return parts.filter((part) => part !== '').join('. ');
}

function rowWords(row: RowMark): string {
  return row.kind === 'stack' ? row.text.slice(2) : row.says;
}
