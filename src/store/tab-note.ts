/** A note of this tab for this page: another one in the same tab, as one that is embedded, has its own. */
const key = (): string => `limbo:tab:${location.pathname}${location.search}`;

/** Notes for a reload of this tab what is on screen, as a link says it; null where that cannot be said. */
export function noteTab(link: string | null): void {
  try {
    if (link === null) sessionStorage.removeItem(key());
    else sessionStorage.setItem(key(), link);
  } catch {
    // Storage is switched off or full: a reload begins afresh.
  }
}

/** What was on screen before a reload of this tab; null on any other visit. It is taken away: what cannot be opened is not tried twice. */
export function takeTabNote(): string | null {
  const [visit] = performance.getEntriesByType('navigation');
  const isReload = visit instanceof PerformanceNavigationTiming && visit.type === 'reload';
  try {
    const note = sessionStorage.getItem(key());
    sessionStorage.removeItem(key());
    return isReload ? note : null;
  } catch {
    return null;
  }
}
