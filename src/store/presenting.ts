import { create } from 'zustand';
import { showScreen, useScreen, WORKBENCH } from './screens.ts';

/** What a projector shows, one at a time, in the order in which the key goes through them. */
export const PRESENT_VIEWS = ['tree', 'tlb', 'memory', 'threads', 'timeline'] as const;
export type PresentView = (typeof PRESENT_VIEWS)[number];

/** The view that fills the page; null while nothing is presented. */
export const usePresenting = create<{ readonly view: PresentView | null }>(() => ({ view: null }));

/** Fills the page with one view, for a projector. The address says so too, so that a link can. */
export function present(view: PresentView = 'tree'): void {
  if (useScreen.getState().screen !== WORKBENCH) showScreen(WORKBENCH);
  changeAddress(view);
  usePresenting.setState({ view });
}

/** Back to the workbench as it was. */
export function leavePresenting(): void {
  if (usePresenting.getState().view === null) return;
  changeAddress(null);
  usePresenting.setState({ view: null });
}

/** The next view, or the one before (-1); round and round. */
export function turnView(by: 1 | -1): void {
  const { view } = usePresenting.getState();
  if (view === null) return;
  const { length } = PRESENT_VIEWS;
  present(PRESENT_VIEWS[(PRESENT_VIEWS.indexOf(view) + by + length) % length]);
}

/** The view that an address asks to present: `…&present`, or `…&present=timeline`; null when it does not ask. */
export function presentedIn(hash: string): PresentView | null {
  const asked = new URLSearchParams(hash.replace(/^#/, '')).get('present');
  return asked === null ? null : (PRESENT_VIEWS.find((view) => view === asked) ?? 'tree');
}

/** The same address with its word on presenting changed; all else in it stays letter by letter. */
export function withPresented(hash: string, view: PresentView | null): string {
  const others = hash
    .replace(/^#/, '')
    .split('&')
    .filter((part) => part !== '' && !/^present(=|$)/.test(part));
  const parts = view === null ? others : [...others, `present=${view}`];
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

function changeAddress(view: PresentView | null): void {
  const { hash, pathname, search } = location;
  const next = withPresented(hash, view);
  if (next !== hash) history.replaceState(null, '', `${pathname}${search}${next}`);
}

/** Follows the address, now and when it changes; another screen ends presenting. Gives a function that stops it. */
export function watchPresenting(): () => void {
  const follow = (): void => {
    const view = presentedIn(location.hash);
    if (view === null) usePresenting.setState({ view });
    else present(view);
  };
  follow();
  addEventListener('hashchange', follow);
  const forget = useScreen.subscribe(({ screen }) => {
    if (screen !== WORKBENCH) leavePresenting();
  });
  return () => {
    removeEventListener('hashchange', follow);
    forget();
  };
}
