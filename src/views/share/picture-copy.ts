/** Visual properties that are written into a picture; what is inherited or never used in the views is left out. */
const PROPERTIES: readonly string[] = [
  ...['align-items', 'background-color', 'background-image', 'border-bottom', 'border-left', 'border-radius'],
  ...['border-right', 'border-top', 'box-shadow', 'box-sizing', 'clip-path', 'color', 'column-gap', 'cursor'],
  ...['display', 'dominant-baseline', 'fill', 'fill-opacity', 'flex', 'flex-direction', 'flex-wrap'],
  ...[
    'font-family',
    'font-size',
    'font-style',
    'font-weight',
    'font-variant-numeric',
    'grid-template-columns',
  ],
  ...['grid-column', 'grid-row', 'height', 'inset', 'justify-content', 'letter-spacing', 'line-height'],
  ...[
    'list-style-type',
    'margin',
    'marker-end',
    'marker-start',
    'max-width',
    'min-width',
    'opacity',
    'overflow',
    'overflow-wrap',
    'word-break',
  ],
  ...['padding', 'paint-order', 'pointer-events', 'position', 'row-gap', 'stroke', 'stroke-dasharray'],
  ...['stroke-linecap', 'stroke-linejoin', 'stroke-opacity', 'stroke-width', 'text-align', 'text-anchor'],
  ...['text-decoration', 'text-overflow', 'text-transform', 'transform', 'transform-origin', 'vector-effect'],
  ...['vertical-align', 'visibility', 'white-space', 'width', 'z-index'],
];

/** Styles that many elements share are written once, as classes. */
export class Styles {
  private readonly names = new Map<string, string>();

  /** The class of a computed style; `extra` declarations come after it. */
  classFor(style: CSSStyleDeclaration, extra = ''): string {
    const text = PROPERTIES.map((name) => `${name}:${still(name, style.getPropertyValue(name))}`).join(';');
    const whole = extra === '' ? text : `${text};${extra}`;
    const known = this.names.get(whole);
    if (known !== undefined) return known;
    const name = `s${String(this.names.size)}`;
    this.names.set(whole, name);
    return name;
  }

  text(): string {
    return [...this.names].map(([text, name]) => `.${name}{${text}}`).join('\n');
  }
}

/** Nobody scrolls a picture: there are no scroll bars in it. */
function still(name: string, value: string): string {
  return name === 'overflow' ? value.replaceAll(/auto|scroll/g, 'hidden') : value;
}

/** What a canvas shows, as a picture inside the picture. */
function ofCanvas(canvas: HTMLCanvasElement): HTMLElement {
  const image = document.createElement('img');
  image.src = canvas.toDataURL('image/png');
  return image;
}

const LEFT_OUT = 'script, style, link, title, noscript, iframe';

export interface Copying {
  readonly styles: Styles;
  /** Declarations for some elements: those that are drawn larger than they are on screen. */
  readonly extra: ReadonlyMap<Element, string>;
}

/** An element with all that is in it, where it stands on screen; null where it is not drawn. `moved`: a declaration for itself. */
export function copyOf(element: Element, copying: Copying, moved = ''): Element | null {
  if (element.matches(LEFT_OUT)) return null;
  const style = getComputedStyle(element);
  if (style.display === 'none') return null;
  const { styles, extra } = copying;
  const copy = element instanceof HTMLCanvasElement ? ofCanvas(element) : element.cloneNode(false);
  if (!(copy instanceof Element)) return null;
  copy.removeAttribute('style');
  const shift = style.position === 'sticky' ? '' : moved;
  const own = element instanceof HTMLSelectElement ? 'display:flex;align-items:center' : '';
  copy.setAttribute('class', styles.classFor(style, [extra.get(element) ?? '', shift, own].join(';')));
  if (element instanceof HTMLSelectElement) {
    copy.append(element.selectedOptions[0]?.text ?? '');
    return asSpan(copy);
  }
  if (!(element instanceof SVGElement)) appendGenerated(copy, getComputedStyle(element, '::before'), styles);
  copyChildren(copy, element, copying);
  if (!(element instanceof SVGElement)) appendGenerated(copy, getComputedStyle(element, '::after'), styles);
  return copy;
}

function copyChildren(copy: Element, element: Element, copying: Copying): void {
  const moved = copying.extra.has(element) ? '' : scrolledBy(element);
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      const inner = copyOf(child, copying, moved);
      if (inner !== null) copy.append(inner);
    } else if (child.nodeType === Node.TEXT_NODE) copy.append(child.cloneNode());
  }
}

/** Where what is in a scrolled element stands: a picture cannot be scrolled, so that its parts are moved. */
function scrolledBy({ scrollLeft, scrollTop }: Element): string {
  if (scrollLeft === 0 && scrollTop === 0) return '';
  return `translate:${String(-scrollLeft)}px ${String(-scrollTop)}px`;
}

/** The text that a style sheet puts before or after an element. */
function appendGenerated(copy: Element, style: CSSStyleDeclaration, styles: Styles): void {
  const [, text] = /^"((?:[^"\\]|\\.)*)"/.exec(style.content) ?? [];
  if (text === undefined || style.display === 'none') return;
  const span = document.createElement('span');
  span.setAttribute('class', styles.classFor(style));
  span.append(text.replaceAll(/\\(.)/g, '$1'));
  copy.append(span);
}

/** A select shows its list's first line otherwise. */
function asSpan(select: Element): Element {
  const span = document.createElement('span');
  span.setAttribute('class', select.getAttribute('class') ?? '');
  span.append(select.textContent);
  return span;
}
