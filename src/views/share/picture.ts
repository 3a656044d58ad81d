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
  ],
  ...['padding', 'paint-order', 'pointer-events', 'position', 'row-gap', 'stroke', 'stroke-dasharray'],
  ...['stroke-linecap', 'stroke-linejoin', 'stroke-opacity', 'stroke-width', 'text-align', 'text-anchor'],
  ...['text-decoration', 'text-overflow', 'text-transform', 'transform', 'transform-origin', 'vector-effect'],
  ...['vertical-align', 'visibility', 'white-space', 'width', 'z-index'],
];

const SVG = 'http://www.w3.org/2000/svg';
const XHTML = 'http://www.w3.org/1999/xhtml';

/** Styles that many elements share are written once, as classes. */
class Styles {
  private readonly names = new Map<string, string>();

  classFor(style: CSSStyleDeclaration): string {
    const text = PROPERTIES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const name = `s${String(this.names.size)}`;
    this.names.set(text, name);
    return name;
  }

  text(): string {
    return [...this.names].map(([text, name]) => `.${name}{${text}}`).join('\n');
  }
}

/** What a canvas shows, as a picture inside the picture. */
function ofCanvas(canvas: HTMLCanvasElement): HTMLElement {
  const image = document.createElement('img');
  image.src = canvas.toDataURL('image/png');
  return image;
}

const LEFT_OUT = 'script, style, link, title, noscript, iframe';

function copyOf(element: Element, styles: Styles): Element | null {
  if (element.matches(LEFT_OUT)) return null;
  const style = getComputedStyle(element);
  if (style.display === 'none') return null;
  const copy = element instanceof HTMLCanvasElement ? ofCanvas(element) : element.cloneNode(false);
  if (!(copy instanceof Element)) return null;
  copy.removeAttribute('style');
  copy.setAttribute('class', styles.classFor(style));
  if (element instanceof HTMLSelectElement) {
    copy.append(element.selectedOptions[0]?.text ?? '');
    return asSpan(copy);
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      const inner = copyOf(child, styles);
      if (inner !== null) copy.append(inner);
    } else if (child.nodeType === Node.TEXT_NODE) copy.append(child.cloneNode());
  }
  return copy;
}

/** A select shows its list's first line otherwise. */
function asSpan(select: Element): Element {
  const span = document.createElement('span');
  span.setAttribute('class', select.getAttribute('class') ?? '');
  span.append(select.textContent);
  return span;
}

/** A picture as the text of an SVG file. */
export interface Picture {
  readonly text: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Draws an element as it is on screen: SVG as SVG, everything else as XHTML inside it, with all styles written out. */
export function pictureOf(element: Element): Picture {
  const { width, height } = element.getBoundingClientRect();
  const [widthPx, heightPx] = [Math.ceil(width), Math.ceil(height)];
  const styles = new Styles();
  const copy = copyOf(element, styles);
  const root = document.createElementNS(SVG, 'svg');
  root.setAttribute('viewBox', `0 0 ${widthPx} ${heightPx}`);
  root.setAttribute('width', String(widthPx));
  root.setAttribute('height', String(heightPx));
  const sheet = document.createElementNS(SVG, 'style');
  const ground = document.createElementNS(SVG, 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', groundOf(element));
  root.append(sheet, ground);
  if (copy instanceof SVGElement) root.append(copy);
  else if (copy !== null) root.append(inForeignObject(copy, widthPx, heightPx));
  sheet.textContent = styles.text();
  return { text: new XMLSerializer().serializeToString(root), widthPx, heightPx };
}

/** The colour behind an element: its own, or the first one of those around it. */
function groundOf(element: Element): string {
  for (let around: Element | null = element; around !== null; around = around.parentElement) {
    const { backgroundColor } = getComputedStyle(around);
    if (backgroundColor !== 'rgba(0, 0, 0, 0)' && backgroundColor !== 'transparent') return backgroundColor;
  }
  return 'white';
}

function inForeignObject(copy: Element, widthPx: number, heightPx: number): Element {
  const object = document.createElementNS(SVG, 'foreignObject');
  object.setAttribute('width', String(widthPx));
  object.setAttribute('height', String(heightPx));
  const body = document.createElementNS(XHTML, 'div');
  body.append(copy);
  object.append(body);
  return object;
}

/** The picture as PNG, `scale` pixels for each of the screen's. Rejects, in words, where the browser cannot draw it. */
export async function pngOf({ text, widthPx, heightPx }: Picture, scale: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = widthPx * scale;
  canvas.height = heightPx * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the picture is too large for this browser'));
      else resolve(blob);
    }, 'image/png');
  });
}
