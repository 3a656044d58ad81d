import { type RefObject, useLayoutEffect, useState } from 'react';
import { MAP_KINDS } from '../../reports/memory/map-kinds.ts';

/** The theme's colours as a canvas needs them: one 32-bit pixel (as ImageData has it) for each kind. */
export interface MapInks {
  readonly pixels: Uint32Array;
  /** What is not highlighted, and what is. */
  readonly faint: number;
  readonly strong: number;
  readonly text: string;
  readonly font: string;
}

/** Reads the colours from the probes in `box`, again whenever the theme changes. */
export function useMapInks(box: RefObject<HTMLElement | null>): MapInks | null {
  const [inks, setInks] = useState<MapInks | null>(null);
  useLayoutEffect(() => {
    const read = (): void => {
      if (box.current !== null) setInks(readInks(box.current));
    };
    read();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', read);
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      dark.removeEventListener('change', read);
      observer.disconnect();
    };
  }, [box]);
  return inks;
}

function readInks(box: HTMLElement): MapInks {
  const colour = (probe: string): string =>
    getComputedStyle(box.querySelector(`[data-probe="${probe}"]`) ?? box).color;
  const [faint = 0, strong = 0, ...pixels] = asPixels(
    ['faint', 'strong', ...MAP_KINDS].map((probe) => colour(probe)),
  );
  const style = getComputedStyle(box);
  return { pixels: Uint32Array.from(pixels), faint, strong, text: colour('text'), font: style.fontFamily };
}

/** What the browser paints for each colour, however it is written. */
function asPixels(colours: readonly string[]): Uint32Array {
  const canvas = document.createElement('canvas');
  canvas.width = colours.length;
  canvas.height = 1;
  const ctx = canvas.getContext('2d', { willReadFrequently: true });
  if (ctx === null) return new Uint32Array(colours.length);
  for (const [x, colour] of colours.entries()) {
    ctx.fillStyle = colour;
    ctx.fillRect(x, 0, 1, 1);
  }
  return new Uint32Array(ctx.getImageData(0, 0, colours.length, 1).data.buffer);
}

/** Elements that have the colours which the canvas needs. */
export function MapProbes({ probes }: { readonly probes: RefObject<HTMLDivElement | null> }) {
  return (
    <div ref={probes} className="map-probes" aria-hidden="true">
      {['faint', 'strong', 'text', ...MAP_KINDS].map((probe) => (
        <span key={probe} data-probe={probe} data-map-kind={probe} />
      ))}
    </div>
  );
}
