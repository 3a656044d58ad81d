import { useEffect } from 'react';
import { FIRST_SOURCE, open, useWorkbench } from '../store/workbench.ts';
import { Shell } from './shell/shell.tsx';
import './theme.css';
import './base.css';

/** The whole page. Says on `<html data-idle>` when nothing is left to draw, which is what browser tests wait for. */
export function App() {
  const idle = useWorkbench(({ opened, busy, playing }) => opened !== null && !busy && !playing);
  useEffect(() => {
    if (useWorkbench.getState().opened === null) void open(FIRST_SOURCE);
  }, []);
  useEffect(() => {
    document.documentElement.dataset['idle'] = String(idle);
  }, [idle]);
  return <Shell />;
}
