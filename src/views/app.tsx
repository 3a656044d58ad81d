import { useEffect } from 'react';

/** The whole page. Says on `<html data-idle>` when nothing is left to draw, which is what browser tests wait for. */
export function App() {
  useEffect(() => {
    document.documentElement.dataset['idle'] = 'true';
  }, []);
  return (
    <main>
      <h1>Limbo</h1>
    </main>
  );
}
