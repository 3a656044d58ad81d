import type { ReactNode } from 'react';
import { Group, type LayoutStorage, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { remember, remembered } from '../../store/memory.ts';
import { SIDE_PANELS, type SidePanel, usePanels } from '../../store/panels.ts';
import { useTheme } from '../../store/theme.ts';
import { LazyTabbedViews } from './lazy-tabbed-views.tsx';
import { useMedia } from './use-media.ts';
import { ViewPanel } from './view-panel.tsx';
import { type ViewName, VIEWS } from './views.tsx';
import './wide-views.css';

const storage: LayoutStorage = {
  getItem: (key) => remembered(`limbo:${key}`),
  setItem: (key, value) => remember(`limbo:${key}`, value),
};

interface Sized {
  readonly id: string;
  readonly defaultSize: string;
  readonly minSize: string;
  readonly content: ReactNode;
}

interface SplitProps {
  readonly id: string;
  readonly orientation: 'horizontal' | 'vertical';
  readonly panels: readonly Sized[];
  /** Names the separator: what it makes larger or smaller. */
  readonly resizes: string;
}

/** Panels side by side or one above the other; their sizes are remembered. */
function Split({ id, orientation, panels, resizes }: SplitProps) {
  const panelIds = panels.map((panel) => panel.id);
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({ id, panelIds, storage });
  return (
    <Group
      id={id}
      className="split"
      orientation={orientation}
      {...(defaultLayout === undefined ? {} : { defaultLayout })}
      onLayoutChanged={onLayoutChanged}
    >
      {panels.flatMap(({ id: panelId, defaultSize, minSize, content }, i) => [
        i > 0 && (
          <Separator key={`${panelId}-edge`} className="split-edge" aria-label={`Resize ${resizes}`} />
        ),
        <Panel key={panelId} id={panelId} defaultSize={defaultSize} minSize={minSize}>
          {content}
        </Panel>,
      ])}
    </Group>
  );
}

function view(name: ViewName): ReactNode {
  const { title, element } = VIEWS[name];
  return (
    <ViewPanel title={title} {...(name === 'tree' ? {} : { panel: name })}>
      {element}
    </ViewPanel>
  );
}

/** The tree large; the other views beside it and below, or where the page is low all in one place beside it. */
export function WideViews() {
  const isLow = useMedia('(height < 52rem)');
  const isLowForLargeType = useMedia('(height < 62rem)');
  const isProjected = useTheme(({ theme }) => theme === 'projector');
  return isLow || (isProjected && isLowForLargeType) ? <LowViews /> : <HighViews />;
}

/** Below the tree there would be a line of each view, and the tree itself would be cut: it has all the height. */
function LowViews() {
  const hidden = usePanels((state) => state.hidden);
  const names = SIDE_PANELS.filter((name) => !hidden.includes(name));
  const columns: Sized[] = [{ id: 'tree', defaultSize: '70', minSize: '30', content: view('tree') }];
  if (names.length > 0)
    columns.push({
      id: 'others',
      defaultSize: '30',
      minSize: '20',
      content: <LazyTabbedViews key={names.join(' ')} names={names} />,
    });
  return <Split id="low-columns" orientation="horizontal" panels={columns} resizes="page tables" />;
}

/** The caches and the memory below the tree; the threads beside them, as high as the page allows. */
function HighViews() {
  const hidden = usePanels((state) => state.hidden);
  const shown = (name: SidePanel): boolean => !hidden.includes(name);
  const sized = (id: SidePanel, defaultSize: string): readonly Sized[] =>
    shown(id) ? [{ id, defaultSize, minSize: '20', content: view(id) }] : [];
  const below = [...sized('tlb', '50'), ...sized('memory', '50')];
  // Two versions of a table, one below the other, want this much; the caches and the memory scroll.
  const rows: Sized[] = [{ id: 'tree', defaultSize: '64', minSize: '25', content: view('tree') }];
  if (below.length > 0)
    rows.push({
      id: 'below',
      defaultSize: '36',
      minSize: '15',
      content: <Split id="below" orientation="horizontal" panels={below} resizes="TLB" />,
    });
  const left = <Split id="rows" orientation="vertical" panels={rows} resizes="page tables" />;
  const columns: Sized[] = [{ id: 'left', defaultSize: '70', minSize: '30', content: left }];
  columns.push(...sized('threads', '30'));
  return <Split id="columns" orientation="horizontal" panels={columns} resizes="left column" />;
}
