import { type ReactNode, useId } from 'react';
import { setPanelHidden, type SidePanel } from '../../store/panels.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import './view-panel.css';

interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Given for panels that can be put away. */
  readonly panel?: SidePanel;
}

/** A view with its heading. The view fills what is below the heading and scrolls by itself. */
export function ViewPanel({ title, children, panel }: PanelProps) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {panel !== undefined && (
          <Button look="quiet" label={`Hide ${title}`} onClick={() => setPanelHidden(panel, true)}>
            <Icon name="close" />
          </Button>
        )}
      </div>
      <div className="panel-body">{children}</div>
    </section>
  );
}
