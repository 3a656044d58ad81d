import { create } from 'zustand';

export const THEMES = ['system', 'light', 'dark', 'projector'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'limbo:theme';

/** What is remembered in this browser; null where the page may not remember. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is switched off or full: the page works without.
  }
}

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

function showTheme(theme: Theme): void {
  useTheme.setState({ theme });
  if (theme === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
}
