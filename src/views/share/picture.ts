import { copyOf, Styles } from './picture-copy.ts';

const SVG = 'http://www.w3.org/2000/svg';
const XHTML = 'http://www.w3.org/1999/xhtml';

/** A picture as the text of an SVG file. */
export interface Picture {
  readonly text: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Draws an element as it is on screen, and whole where it scrolls: SVG as SVG, everything else as XHTML inside it, with all styles written out. */
export function pictureOf(element: Element): Picture {
  const { width, height } = element.getBoundingClientRect();
  const grown = grownParts(element);
  const [widthPx, heightPx] = [Math.ceil(width), Math.ceil(height + grown.byPx)];
  const styles = new Styles();
  const copy = copyOf(element, { styles, extra: grown.extra }, element instanceof SVGElement ? '' : IN_PLACE);
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

/** Wherever it stands on the page, in its picture it stands at the corner. */
const IN_PLACE = 'position:relative;inset:auto;margin:0;transform:none;translate:none';

/** A part that scrolls is the view itself when it takes so much of it. */
const MOST_OF_IT = 0.5;
/** A browser draws no larger pictures. */
const LONGEST_PX = 8000;

interface Grown {
  readonly byPx: number;
  /** For the part that scrolls and those around it: their heights when nothing of it is out of sight. */
  readonly extra: ReadonlyMap<Element, string>;
}

/** What has to be higher so that the whole of a view is seen, and by how much. */
function grownParts(root: Element): Grown {
  const height = root.getBoundingClientRect().height;
  const body = [root, ...root.querySelectorAll('*')].find(
    (part) =>
      part.scrollHeight > part.clientHeight + 1 &&
      part.clientHeight >= MOST_OF_IT * height &&
      part.clientWidth >= MOST_OF_IT * root.clientWidth &&
      /auto|scroll/.test(getComputedStyle(part).overflowY),
  );
  const extra = new Map<Element, string>();
  if (body === undefined) return { byPx: 0, extra };
  const byPx = Math.min(LONGEST_PX - height, body.scrollHeight - body.clientHeight);
  for (let part: Element | null = body; part !== null; part = part === root ? null : part.parentElement) {
    const heightPx = part.getBoundingClientRect().height + byPx;
    extra.set(part, `height:${String(heightPx)}px;max-height:none;flex:none;box-sizing:border-box`);
  }
  return { byPx, extra };
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
