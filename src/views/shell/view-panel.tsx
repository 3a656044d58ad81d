import { type ReactNode, useId } from 'react';
import './view-panel.css';

interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A view with its heading. The view fills what is below the heading and scrolls by itself. */
export function ViewPanel({ title, children }: PanelProps) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id} className="panel-title">
        {title}
      </h2>
      <div className="panel-body">{children}</div>
    </section>
  );
}
