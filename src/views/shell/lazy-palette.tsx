import { lazy, Suspense, useEffect, useState } from 'react';
import { listenForPalette, usePalette } from '../../store/palette.ts';
import type { ScreenList } from './screen-list.ts';

const Palette = lazy(() => import('../palette/palette.tsx').then((module) => ({ default: module.Palette })));

/** Nothing until Ctrl+K is pressed for the first time. */
export function LazyPalette({ list }: { readonly list: ScreenList }) {
  const isOpen = usePalette((state) => state.isOpen);
  const [isWanted, setIsWanted] = useState(false);
  useEffect(listenForPalette, []);
  if (isOpen && !isWanted) setIsWanted(true);
  if (!isWanted) return null;
  const all = [{ id: 'workbench', title: 'Workbench' }, ...list.screens];
  return (
    <Suspense fallback={null}>
      <Palette screens={all} lessons={list.lessons} />
    </Suspense>
  );
}
