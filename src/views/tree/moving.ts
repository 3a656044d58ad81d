let timer = 0;

/** True when the reader asked for less movement. */
export function prefersStill(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Says on <html> that the picture moves for the next so many ms: the page is not idle until then. */
export function markMoving(ms: number): void {
  if (prefersStill()) return;
  document.documentElement.dataset['moving'] = 'true';
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    delete document.documentElement.dataset['moving'];
  }, ms);
}
