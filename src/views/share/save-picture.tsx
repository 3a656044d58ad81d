import { saveBlob } from '../../store/downloads.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { pictureOf, pngOf } from './picture.ts';

interface SavePictureProps {
  /** Names the view, and the file. */
  readonly name: string;
  /** What is drawn, asked for when a button is pressed. */
  readonly element: () => Element | null;
}

const fileName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** Saves a view as it is now, as SVG or as PNG of twice its size. */
export function SavePicture({ name, element }: SavePictureProps) {
  const drawn = (): Element => element() ?? document.body;
  return (
    <>
      <Button onClick={() => saveSvg(name, drawn())}>Save SVG</Button>{' '}
      <Button onClick={() => void savePng(name, drawn())}>Save PNG</Button>
    </>
  );
}

async function savePng(name: string, element: Element): Promise<void> {
  try {
    saveBlob(`${fileName(name)}.png`, await pngOf(pictureOf(element), 2));
  } catch {
    const text = `No PNG of “${name}” could be made: this browser could not draw it. Nothing was changed; save it as SVG instead.`;
    useWorkbench.setState({ notice: { tone: 'error', text, reopen: false } });
  }
}

function saveSvg(name: string, element: Element): void {
  const { text } = pictureOf(element);
  saveBlob(`${fileName(name)}.svg`, new Blob([text], { type: 'image/svg+xml' }));
}
