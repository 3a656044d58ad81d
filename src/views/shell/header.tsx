import { lazy, Suspense } from 'react';
import { settingsOf } from '../../designs/design-name.ts';
import { showDialog } from '../../store/dialogs.ts';
import { setPanelHidden, type SidePanel, usePanels } from '../../store/panels.ts';
import { present } from '../../store/presenting.ts';
import { useScreen } from '../../store/screens.ts';
import { setTheme, THEMES, useTheme } from '../../store/theme.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { FileButton } from './file-button.tsx';
import type { ScreenEntry } from './screen-list.ts';
import { ScreenNav } from './screen-nav.tsx';
import { VIEWS } from './views.tsx';
import './header.css';

/** Its list is large, and the first picture does not wait for it. */
const ScenarioPicker = lazy(() =>
  import('./scenario-picker.tsx').then((module) => ({ default: module.ScenarioPicker })),
);

/** Where the picker will be, so that nothing moves when it comes. */
function PickerToCome() {
  const title = useWorkbench((state) => state.opened?.title);
  return <span className="button picker-trigger">{title ?? 'Opening …'}</span>;
}

interface HeaderProps {
  /** Whether panels that were put away can be put back here. */
  readonly panels: boolean;
  readonly screens: readonly ScreenEntry[];
}

/** Where one is, what the whole run is about, and how the page looks. */
export function Header({ panels, screens }: HeaderProps) {
  const isWorkbench = useScreen((state) => screens.every(({ id }) => id !== state.screen));
  return (
    <header className="header">
      <h1 className="brand">Limbo</h1>
      <ScreenNav screens={screens} />
      <div className={`header-main${isWorkbench ? ' header-full' : ''}`}>
        {isWorkbench && <RunControls />}
        <div className="header-end">
          {panels && <HiddenPanels />}
          {isWorkbench && (
            <Button title="One view fills the page, large, for a projector (P)" onClick={() => present()}>
              Present
            </Button>
          )}
          <ThemePicker />
          <Button label="Help and keys" title="Help and keys (?)" onClick={() => showDialog('help')}>
            ?
          </Button>
        </div>
      </div>
    </header>
  );
}

/** What is stepped, in which design, and what can be done with it. */
function RunControls() {
  return (
    <div className="run-controls">
      <Suspense fallback={<PickerToCome />}>
        <ScenarioPicker />
      </Suspense>
      <DesignButton />
      <FileButton />
      <Button onClick={() => showDialog('search')}>Search…</Button>
      <Button onClick={() => showDialog('share')}>Share…</Button>
    </div>
  );
}

function DesignButton() {
  const source = useWorkbench((state) => state.opened?.source);
  const settings = settingsOf(source?.overrides ?? {});
  const changed = settings.length;
  const words = changed === 0 ? '' : `, ${String(changed)} ${changed === 1 ? 'choice' : 'choices'} changed`;
  return (
    <Button
      className="design-button"
      label={`Design ${source?.version ?? ''}${words}`}
      onClick={() => showDialog('design')}
      title={['Version and choices of the design', ...settings].join('; ')}
    >
      <span>
        <span className="design-label">Design </span>
        <strong>{source?.version ?? ''}</strong>
        {changed > 0 && ` +${String(changed)}`}
      </span>
    </Button>
  );
}

function HiddenPanels() {
  const hidden = usePanels((state) => state.hidden);
  const show = (panel: SidePanel) => (
    <Button key={panel} onClick={() => setPanelHidden(panel, false)}>
      Show {VIEWS[panel].shortTitle}
    </Button>
  );
  return <>{hidden.map(show)}</>;
}

const THEME_WORDS = { system: 'System', light: 'Light', dark: 'Dark', projector: 'Projector' };

function ThemePicker() {
  const { theme } = useTheme();
  return (
    <select
      className="field"
      aria-label="Theme"
      data-keys="page"
      value={theme}
      onChange={({ target }) => setTheme(THEMES.find((name) => name === target.value) ?? 'system')}
    >
      {THEMES.map((name) => (
        <option key={name} value={name}>
          {THEME_WORDS[name]}
        </option>
      ))}
    </select>
  );
}
