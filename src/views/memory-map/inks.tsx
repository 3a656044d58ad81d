import { type RefObject, useLayoutEffect, useState } from 'react';
import { FRAME_KINDS, type FrameKind } from '../../machine/world.ts';

export interface KindInk {
  readonly line: string;
  readonly soft: string;
}

/** The colours of the theme as a canvas needs them: worked out by the browser. */
export interface Inks {
  readonly kinds: ReadonlyMap<FrameKind, KindInk>;
  readonly text: string;
  /** Font families, and the size of small text in px. */
  readonly font: string;
  readonly fontPx: number;
}

/** Reads the colours from the probes in `box` (`KindProbes`), again whenever the theme changes. */
export function useInks(box: RefObject<HTMLElement | null>): Inks | null {
  const [inks, setInks] = useState<Inks | null>(null);
  useLayoutEffect(() => {
    const read = (): void => {
      if (box.current !== null) setInks(readInks(box.current));
    };
    read();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', read);
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'class'],
    });
    return () => {
      dark.removeEventListener('change', read);
      observer.disconnect();
    };
  }, [box]);
  return inks;
}

function readInks(box: HTMLElement): Inks {
  const style = (selector: string): CSSStyleDeclaration =>
    getComputedStyle(box.querySelector(selector) ?? box);
  const plain = style('[data-probe="text"]');
  return {
    kinds: new Map(
      FRAME_KINDS.map((kind) => {
        const { color, backgroundColor } = style(`[data-kind="${kind}"]`);
        return [kind, { line: color, soft: backgroundColor }];
      }),
    ),
    text: plain.color,
    font: plain.fontFamily,
    fontPx: Number.parseFloat(plain.fontSize),
  };
}

/** Elements that have the colours which the canvas needs. */
export function KindProbes({ probes }: { readonly probes: RefObject<HTMLDivElement | null> }) {
  return (
    <div ref={probes} className="kind-probes" aria-hidden="true">
      {FRAME_KINDS.map((kind) => (
        <span key={kind} data-kind={kind} />
      ))}
      <span data-probe="text" />
    </div>
  );
}
