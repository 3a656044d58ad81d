import { useState } from 'react';
import { SavePicture } from './save-picture.tsx';

interface View {
  readonly name: string;
  readonly element: Element;
}

/** Views, companions and screens: each has a heading or a label. */
const VIEWS =
  '.panel, .tabbed-panel, .properties, .timeline, .dock, .compare-side, .present-view, main.screen';

/** What is on screen now and can be drawn: each view by its heading, the whole page. */
function viewsOnScreen(): readonly View[] {
  const svg = document.querySelector('.tree-svg');
  const tree = svg === null ? [] : [{ name: 'Page tables, drawing only', element: svg }];
  const parts = [...document.querySelectorAll(VIEWS)].flatMap((element) => {
    const name = element.getAttribute('aria-label') ?? element.querySelector('h2, h3')?.textContent ?? '';
    return name === '' || element.getClientRects().length === 0 ? [] : [{ name, element }];
  });
  const page = document.querySelector('.shell');
  return [...tree, ...parts, ...(page === null ? [] : [{ name: 'The whole page', element: page }])];
}

/** Any view as a picture. */
export function PictureChoice() {
  const [views] = useState(viewsOnScreen);
  const [chosen, setChosen] = useState(0);
  const view = views[chosen];
  if (view === undefined) return null;
  return (
    <>
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
        <SavePicture name={view.name} element={() => view.element} />
      </p>
      <p>
        All of a view is drawn, also what has to be scrolled to. What is behind a tab or put away is not
        listed.
      </p>
    </>
  );
}
