import { useState } from 'react';
import { saveBlob } from '../../store/downloads.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { pictureOf, pngOf } from './picture.ts';

interface View {
  readonly name: string;
  readonly element: Element;
}

/** What is on screen now and can be drawn: each panel by its heading, the timeline, the whole page. */
function viewsOnScreen(): readonly View[] {
  const svg = document.querySelector('.tree-svg');
  const tree = svg === null ? [] : [{ name: 'Page tables, drawing only', element: svg }];
  const parts = [...document.querySelectorAll('.panel, .timeline, main.screen')].flatMap((element) => {
    const name = element.querySelector('h2')?.textContent ?? '';
    return name === '' ? [] : [{ name, element }];
  });
  const page = document.querySelector('.shell');
  return [...tree, ...parts, ...(page === null ? [] : [{ name: 'The whole page', element: page }])];
}

const fileName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

async function savePng(view: View): Promise<void> {
  try {
    saveBlob(`${fileName(view.name)}.png`, await pngOf(pictureOf(view.element), 2));
  } catch {
    const text = `No PNG of “${view.name}” could be made: this browser could not draw it. Nothing was changed; save it as SVG instead.`;
    useWorkbench.setState({ notice: { tone: 'error', text, reopen: false } });
  }
}

function saveSvg({ name, element }: View): void {
  const { text } = pictureOf(element);
  saveBlob(`${fileName(name)}.svg`, new Blob([text], { type: 'image/svg+xml' }));
}

/** Any view as a picture. */
export function PictureChoice() {
  const [views] = useState(viewsOnScreen);
  const [chosen, setChosen] = useState(0);
  const view = views[chosen];
  if (view === undefined) return null;
  return (
    <p>
      <label>
        Picture of{' '}
        <select className="field" value={chosen} onChange={({ target }) => setChosen(Number(target.value))}>
          {views.map(({ name }, i) => (
            <option key={name} value={i}>
              {name}
            </option>
          ))}
        </select>
      </label>{' '}
      <Button onClick={() => saveSvg(view)}>Save SVG</Button>{' '}
      <Button onClick={() => void savePng(view)}>Save PNG</Button>
    </p>
  );
}
