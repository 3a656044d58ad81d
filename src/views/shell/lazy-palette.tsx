import { lazy, Suspense, useEffect, useState } from 'react';
import { listenForPalette, usePalette } from '../../store/palette.ts';
import type { ScreenEntry } from './screen-list.ts';

const Palette = lazy(() => import('../palette/palette.tsx').then((module) => ({ default: module.Palette })));

/** Nothing until Ctrl+K is pressed for the first time. */
export function LazyPalette({ screens }: { readonly screens: readonly ScreenEntry[] }) {
  const isOpen = usePalette((state) => state.isOpen);
  const [isWanted, setIsWanted] = useState(false);
  useEffect(listenForPalette, []);
  if (isOpen && !isWanted) setIsWanted(true);
  if (!isWanted) return null;
  const all = [{ id: 'workbench', title: 'Workbench' }, ...screens];
  return (
    <Suspense fallback={null}>
      <Palette screens={all} />
    </Suspense>
  );
}
