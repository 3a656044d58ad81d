import { Tabs } from '@base-ui/react/tabs';
import { useState } from 'react';
import { type ViewName, VIEWS } from './views.tsx';
import './tabbed-views.css';

interface TabbedViewsProps {
  readonly names: readonly ViewName[];
}

/** Views that share one place: one is shown, the others are a press away. */
export function TabbedViews({ names }: TabbedViewsProps) {
  const [chosen, choose] = useState<ViewName>(names[0] ?? 'tree');
  return (
    <Tabs.Root
      className="tabbed"
      value={chosen}
      onValueChange={(value) => choose(names.find((name) => name === value) ?? chosen)}
    >
      <Tabs.List className="tabbed-list" activateOnFocus aria-label="Views">
        {names.map((name) => (
          <Tabs.Tab key={name} value={name} className="tabbed-tab">
            {VIEWS[name].shortTitle}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {names.map((name) => (
        <Tabs.Panel key={name} value={name} className="tabbed-panel" aria-label={VIEWS[name].title}>
          <h2 className="visually-hidden">{VIEWS[name].title}</h2>
          {VIEWS[name].element}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
