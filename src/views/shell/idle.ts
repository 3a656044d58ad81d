import { useWorkbench } from '../../store/workbench.ts';

/** Frames in a row in which nothing moved: d3 needs two to begin a transition. */
const QUIET_FRAMES = 3;

function busy(): boolean {
  const { busy, playing, dragged, opened, notice } = useWorkbench.getState();
  return busy || playing || dragged || (opened === null && notice === null);
}

/** To ask for it makes the browser work out all styles: only where nothing else speaks against being idle. */
function moves(): boolean {
  if (document.querySelector('[aria-busy="true"]') !== null) return true;
  return document.getAnimations().some(({ playState }) => playState === 'running');
}

/**
 * Keeps `<html data-idle>`: `true` when nothing is asked of the worker, nothing plays, the first moment is painted and
 * the page has stopped moving. Browser tests wait for it. Gives a function that stops it.
 */
export function watchIdle(): () => void {
  const { dataset } = document.documentElement;
  let quiet = 0;
  let frame = 0;
  const look = (): void => {
    frame = 0;
    if (busy()) return;
    quiet += 1;
    if (quiet > QUIET_FRAMES && moves()) quiet = 0;
    if (quiet > QUIET_FRAMES) dataset['idle'] = 'true';
    else frame = requestAnimationFrame(look);
  };
  const wake = (): void => {
    quiet = 0;
    // The observer of a page with many elements is called often: to write what stands there already costs, too.
    if (dataset['idle'] !== 'false') dataset['idle'] = 'false';
    if (frame === 0) frame = requestAnimationFrame(look);
  };
  const forget = useWorkbench.subscribe(wake);
  const observer = new MutationObserver(wake);
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  observer.observe(document.body, everything);
  // A theme is set on the root, and its colours fade in; `data-idle` itself must not wake.
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  wake();
  return () => {
    forget();
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}
