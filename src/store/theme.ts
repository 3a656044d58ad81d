import { create } from 'zustand';
import { remember, remembered } from './memory.ts';

export const THEMES = ['system', 'light', 'dark', 'projector'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'limbo:theme';

function themeNamed(name: string | null): Theme {
  return THEMES.find((theme) => theme === name) ?? 'system';
}

export const useTheme = create<{ readonly theme: Theme }>(() => ({ theme: 'system' }));

/** Takes a theme and remembers it; `system` leaves the choice to the system. */
export function setTheme(theme: Theme): void {
  remember(KEY, theme);
  showTheme(theme);
}

/** Shows the theme that was chosen last. */
export function restoreTheme(): void {
  showTheme(themeNamed(remembered(KEY)));
}

/** Shows a theme without remembering it. Gives a function that brings back the one before, unless another was chosen meanwhile. */
export function lendTheme(theme: Theme): () => void {
  const before = useTheme.getState().theme;
  showTheme(theme);
  return () => {
    if (useTheme.getState().theme === theme) showTheme(before);
  };
}

function showTheme(theme: Theme): void {
  useTheme.setState({ theme });
  if (theme === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
}
