import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds; on paper what held on the screen, since a page that is laid out anew may not be there when it is printed. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => onScreen(query));
}

const known = new Map<string, boolean>();

function onScreen(query: string): boolean {
  const held = known.get(query);
  if (held !== undefined && matchMedia('print').matches) return held;
  const holds = matchMedia(query).matches;
  known.set(query, holds);
  return holds;
}
