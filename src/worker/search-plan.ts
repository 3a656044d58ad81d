import { MOST_WORKERS } from '../explorer/shared-space.ts';

/** Below this one worker is done before others would have begun. */
export const FEW_STATES = 200_000;

/** What decides how many workers can search together in a page. */
export interface PageFacts {
  /** Only a page that is isolated from others (COOP and COEP) has memory that workers share. */
  readonly isolated: boolean;
  /** Cores as the browser tells them; 0 where it does not. */
  readonly cores: number;
  /** The page is kept for visits without a network: its service worker isolates it from the next load on. */
  readonly kept: boolean;
}

export interface SearchPlan {
  readonly workers: number;
  /** Why there is only one; empty where there are several. */
  readonly why: string;
}

/** One worker for each core, or one alone and why. */
export function planWorkers({ isolated, cores, kept }: PageFacts): SearchPlan {
  if (!isolated)
    return {
      workers: 1,
      why: kept
        ? 'this page shares no memory yet; it will when it is loaded again'
        : 'this page may share no memory (its host sends no COOP and COEP headers)',
    };
  if (cores < 2) return { workers: 1, why: 'the browser tells of one core' };
  return { workers: Math.min(cores, MOST_WORKERS), why: '' };
}

/** The plan for this page, as it was loaded. */
export function planHere(): SearchPlan {
  return planWorkers({
    isolated: globalThis.crossOriginIsolated,
    cores: navigator.hardwareConcurrency,
    kept: document.documentElement.getAttribute('data-offline') === 'ready',
  });
}
