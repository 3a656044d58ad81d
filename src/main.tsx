import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SCREENS } from './screens.ts';
import { keepOffline } from './store/offline.ts';
import { App } from './views/app.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root to draw the workbench in');
createRoot(root).render(
  <StrictMode>
    <App screens={SCREENS} />
  </StrictMode>,
);
// The first picture does not wait for what is kept for later visits.
if (import.meta.env.PROD) addEventListener('load', () => void keepOffline());
