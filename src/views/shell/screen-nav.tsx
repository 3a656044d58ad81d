import { showScreen, useScreen, WORKBENCH } from '../../store/screens.ts';
import type { ScreenEntry } from './screen-list.ts';
import './screen-nav.css';

/** The ways from screen to screen, the workbench first. Nothing where there is only the workbench. */
export function ScreenNav({ screens }: { readonly screens: readonly ScreenEntry[] }) {
  const shown = useScreen((state) => state.screen);
  if (screens.length === 0) return null;
  const all = [{ id: WORKBENCH, title: 'Workbench' }, ...screens];
  return (
    <nav className="screen-nav" aria-label="Screens">
      {all.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          aria-current={shown === id ? 'page' : undefined}
          onClick={() => showScreen(id)}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
