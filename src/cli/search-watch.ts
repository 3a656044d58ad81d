/**
 * Starts the threads of a search and watches them: who asked for the search is blocked while it searches, and would wait for ever for one that is gone.
 */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { abandonSearch } from '../explorer/shared-meeting.ts';
import { Word } from '../explorer/shared-space.ts';
import { at } from '../lib/at.ts';
import type { ThreadJob } from './search-thread.ts';

/** What it is started with: the program of a thread, and a job for each of them. */
export interface WatchJob {
  readonly program: string;
  readonly jobs: readonly ThreadJob[];
}

/** What it tells: that all threads are ready, or why one ended before the search did. */
export type WatchReport = { readonly kind: 'ready' } | { readonly kind: 'died'; readonly why: string };

const { program, jobs } = workerData as WatchJob;
let waitedFor = jobs.length;

function tell(report: WatchReport): void {
  parentPort?.postMessage(report);
}

for (const job of jobs) {
  const thread = new Worker(program, { eval: true, workerData: job });
  let why = 'it was ended from outside';
  thread.once('message', () => {
    waitedFor -= 1;
    if (waitedFor === 0) tell({ kind: 'ready' });
  });
  thread.once('error', (error) => {
    why = error instanceof Error ? error.message : String(error);
  });
  thread.once('exit', () => {
    const { control } = job.space;
    if (at(control, Word.over) === 1) return;
    tell({ kind: 'died', why });
    abandonSearch(job.space);
  });
}
