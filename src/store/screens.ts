import { create } from 'zustand';

/** The workbench itself; every other screen is drawn instead of it, and the run behind it stays as it is. */
export const WORKBENCH = 'workbench';

/** What is on screen, and what it was asked to show there: words of the address such as `report=numa`. */
export interface ScreenState {
  readonly screen: string;
  readonly params: Readonly<Record<string, string>>;
}

const FIRST: ScreenState = { screen: WORKBENCH, params: {} };

export const useScreen = create<ScreenState>(() => FIRST);

/** Which companion stands beside the workbench (a lesson, say); null for none. */
export const useDock = create<{ readonly dock: string | null }>(() => ({ dock: null }));

export function showDock(dock: string | null): void {
  useDock.setState({ dock });
}

/** Shows a screen, and puts it into the page's address, so that Back leads here again. */
export function showScreen(screen: string, params: Readonly<Record<string, string>> = {}): void {
  const { hash, pathname, search } = location;
  const address = screen === WORKBENCH ? '' : `#${screenText({ screen, params })}`;
  if (hash !== address) history.pushState(null, '', `${pathname}${search}${address}`);
  useScreen.setState({ screen, params }, true);
}

/** The screen of an address: `#screen=reports&report=numa`; the workbench for every other. */
export function screenOf(hash: string): ScreenState {
  const { screen, ...params } = Object.fromEntries(new URLSearchParams(hash.replace(/^#/, '')));
  return screen === undefined ? FIRST : { screen, params };
}

function screenText({ screen, params }: ScreenState): string {
  return new URLSearchParams({ screen, ...params }).toString();
}

/** Follows the address, now and when it changes. Gives a function that stops it. */
export function watchScreen(): () => void {
  const follow = (): void => {
    useScreen.setState(screenOf(location.hash), true);
  };
  follow();
  addEventListener('hashchange', follow);
  addEventListener('popstate', follow);
  return () => {
    removeEventListener('hashchange', follow);
    removeEventListener('popstate', follow);
  };
}
