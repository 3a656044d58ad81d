import { type KeyboardEvent, type MouseEvent, type PointerEvent, useState } from 'react';
import type { Selection } from '../../store/selection.ts';
import { point, select, useWorkbench } from '../../store/workbench.ts';
import { nextStop, type Stop } from './tree-keys.ts';
import type { CardMark, Picture } from './tree-model.ts';

export interface TreeInput {
  /** Frame of the card that Tab leads to. */
  readonly focus: number;
  readonly onKeyDown: (event: KeyboardEvent<SVGGElement>) => void;
  readonly onClick: (event: MouseEvent<SVGGElement>) => void;
  readonly onPointerOver: (event: PointerEvent<SVGGElement>) => void;
  readonly onPointerLeave: () => void;
  readonly onFocus: (event: { readonly target: EventTarget }) => void;
}

/** Pointer and keys on the tables and pages of the tree. `expand` is told the place whose stack was asked for. */
export function useTreeInput(picture: Picture | null, expand: (place: string) => void): TreeInput {
  const [focus, setFocus] = useState(0);
  const cards = picture?.cards ?? [];
  const stops: readonly Stop[] = [...cards, ...(picture?.pages ?? [])];
  const known = stops.some(({ frame }) => frame === focus);
  return {
    focus: known ? focus : (cards.find(({ state }) => state === 'current')?.frame ?? 0),
    onKeyDown(event) {
      const from = stops.find(({ frame }) => frame === frameAt(event.target));
      if (from === undefined) return;
      const to = nextStop(stops, from, event.key);
      if (to !== null) focusFrame(event.currentTarget, to.frame);
      else if (event.key === 'Enter') select({ kind: 'frame', frame: from.frame });
      else if (event.key === ' ') selectNextEntry(cards, from.frame, expand);
      else return;
      event.preventDefault();
    },
    onClick(event) {
      const card = cards.find(({ frame }) => frame === frameAt(event.target));
      const onStack = closest(event.target, '[data-stack]') !== null;
      if (onStack && card !== undefined && card.place !== null) expand(card.place);
      else select(whatIsAt(event.target));
    },
    onPointerOver: (event) => {
      point(whatIsAt(event.target));
    },
    onPointerLeave: () => {
      point(null);
    },
    onFocus: (event) => {
      setFocus(frameAt(event.target));
    },
  };
}

function closest(target: EventTarget, selector: string): Element | null {
  return target instanceof Element ? target.closest(selector) : null;
}

function frameAt(target: EventTarget): number {
  return Number(closest(target, '[data-frame]')?.getAttribute('data-frame') ?? 0);
}

function whatIsAt(target: EventTarget): Selection | null {
  const frame = frameAt(target);
  if (frame === 0) return null;
  const index = closest(target, '[data-index]')?.getAttribute('data-index') ?? null;
  return index === null ? { kind: 'frame', frame } : { kind: 'entry', frame, index: Number(index) };
}

function focusFrame(root: Element, frame: number): void {
  root.querySelector<SVGGElement>(`[data-frame="${String(frame)}"]`)?.focus();
}

/** Space: the first entry of the table, then the next; after the last one the tables below that have no card. */
function selectNextEntry(cards: readonly CardMark[], frame: number, expand: (place: string) => void): void {
  const card = cards.find((c) => c.frame === frame);
  if (card === undefined) return;
  const { selection } = useWorkbench.getState();
  const indices = card.rows.flatMap((row) => (row.kind === 'entry' ? [row.index] : []));
  const now =
    selection?.kind === 'entry' && selection.frame === frame ? indices.indexOf(selection.index) : -1;
  const next = indices[now + 1];
  if (next !== undefined) select({ kind: 'entry', frame, index: next });
  else if (card.place !== null && card.rows.some((row) => row.kind === 'stack' && row.expands))
    expand(card.place);
  else select({ kind: 'frame', frame });
}
