import { lazy, Suspense, useState } from 'react';
import { useDialog } from '../../store/dialogs.ts';

const Dialogs = lazy(() => import('./dialogs.tsx').then((module) => ({ default: module.Dialogs })));

/** Nothing until a dialog is asked for; from then on the dialogs stay, so that they can close as they like. */
export function LazyDialogs() {
  const isOpen = useDialog((state) => state.dialog !== null);
  const [isWanted, setIsWanted] = useState(false);
  if (isOpen && !isWanted) setIsWanted(true);
  if (!isWanted) return null;
  return (
    <Suspense fallback={null}>
      <Dialogs />
    </Suspense>
  );
}
