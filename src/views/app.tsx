import { CSPProvider } from '@base-ui/react/csp-provider';
import { lazy, Suspense, useEffect } from 'react';
import { keepRuns } from '../store/keep-runs.ts';
import { watchNewcomer } from '../store/welcome.ts';
import { restoreTheme } from '../store/theme.ts';
import { openAddress, watchAddress } from '../store/share.ts';
import { watchPresenting } from '../store/presenting.ts';
import { watchScreen } from '../store/screens.ts';
import { listenToKeys } from './controls/keys.ts';
import { watchTitle } from './shell/document-title.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { watchIdle } from './shell/idle.ts';
import type { ScreenList } from './shell/screen-list.ts';
import { Shell } from './shell/shell.tsx';
import './theme.css';
import './base.css';

/** Fetched where the page is part of another: `?embed`. */
const Embed = lazy(() => import('./embed/embed.tsx').then((module) => ({ default: module.Embed })));
const isEmbedded = new URLSearchParams(location.search).has('embed');

restoreTheme();

/** Opens the first run once, also where React mounts twice to find defects. */
let isOpening = false;

/** The whole page. Says on `<html data-idle>` when nothing is left to draw, which is what browser tests wait for. */
export function App({ screens }: { readonly screens: ScreenList }) {
  useEffect(() => {
    if (!isOpening) void openAddress();
    isOpening = true;
  }, []);
  useEffect(watchAddress, []);
  useEffect(watchScreen, []);
  useEffect(() => (isEmbedded ? undefined : watchPresenting()), []);
  useEffect(watchIdle, []);
  useEffect(() => (isEmbedded ? undefined : listenToKeys()), []);
  useEffect(() => (isEmbedded ? undefined : keepRuns()), []);
  useEffect(() => (isEmbedded ? undefined : watchNewcomer()), []);
  useEffect(watchTitle, []);
  return (
    <CSPProvider disableStyleElements>
      <ErrorBoundary what="The page">
        {isEmbedded ? (
          <Suspense fallback={null}>
            <Embed />
          </Suspense>
        ) : (
          <Shell list={screens} />
        )}
      </ErrorBoundary>
    </CSPProvider>
  );
}
