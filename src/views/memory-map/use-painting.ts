import { type RefObject, useLayoutEffect } from 'react';
import type { Scene } from '../../machine/decode.ts';
import { kindsDigest, levelName, type PlacesAt } from './census.ts';
import { paintBase, paintTracked, type Picture } from './painter.ts';

export interface Layers {
  readonly base: RefObject<HTMLCanvasElement | null>;
  readonly tracked: RefObject<HTMLCanvasElement | null>;
}

/** Keeps the two layers as they should be: the lower one when the window moves, the upper one when a kind changes too. */
export function usePainting(layers: Layers, picture: Picture | null, places: PlacesAt): void {
  const { base, tracked } = layers;
  const digest = picture === null ? 0 : kindsDigest(picture.scene);
  useLayoutEffect(() => {
    const ctx = prepared(base.current, picture);
    if (ctx !== null && picture !== null) paintBase(ctx, picture);
  }, [base, picture]);
  useLayoutEffect(() => {
    const ctx = prepared(tracked.current, picture);
    if (ctx === null || picture === null) return;
    const scene: Scene = picture.scene;
    paintTracked(ctx, picture, (frame) => levelName(scene, places, frame));
  }, [tracked, picture, places, digest]);
}

/** A context in CSS pixels on a canvas of as many device pixels as it covers. */
function prepared(
  canvas: HTMLCanvasElement | null,
  picture: Picture | null,
): CanvasRenderingContext2D | null {
  if (canvas === null || picture === null) return null;
  const ratio = devicePixelRatio;
  const [width, height] = [Math.round(picture.widthPx * ratio), Math.round(picture.heightPx * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const ctx = canvas.getContext('2d');
  ctx?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return ctx;
}
