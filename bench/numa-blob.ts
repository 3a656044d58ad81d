/** The NUMA report's simulation in a worker of Chromium. */
import type { Pattern } from '../src/reports/numa/address-stream.ts';
import { timeAccesses } from './numa-cases.ts';

addEventListener('message', ({ data }: MessageEvent<Pattern>) => {
  postMessage(timeAccesses(data));
});
