import { useEffect, useState } from 'react';
import { cancel, useWorkbench } from '../../store/workbench.ts';
import { Button } from './button.tsx';

/** Shorter runs show no progress: it would only flicker. */
const PATIENCE_MS = 1000;

/** A long run: how far it is, and a way to stop it. */
export function RunProgress() {
  const runs = useWorkbench((state) => state.progress !== null);
  return runs ? <LongRun /> : null;
}

function LongRun() {
  const done = useWorkbench((state) => state.progress?.done ?? 0);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (!isLong) return null;
  return (
    <p className="run-progress">
      Running: {done.toLocaleString('en')} steps taken so far
      <Button onClick={cancel}>Stop here</Button>
    </p>
  );
}
