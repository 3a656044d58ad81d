import type { Latencies } from './cycles.ts';
import { latenciesOf, type NumaParams } from './params.ts';

/** By how much we guess that latency grows on a node whose bandwidth somebody else fills. */
export const BUSY = 2;

/** The same counts charged in four ways: what a CPU does at once, and whether the other node is busy. */
export function conditions(
  params: NumaParams,
): readonly { readonly name: string; readonly latencies: Latencies }[] {
  return [
    { name: 'one access at a time, idle node', inFlight: 1, remoteLoad: 1 },
    { name: 'ten at once, idle node', inFlight: 10, remoteLoad: 1 },
    { name: 'one at a time, busy node', inFlight: 1, remoteLoad: BUSY },
    { name: 'ten at once, busy node', inFlight: 10, remoteLoad: BUSY },
  ].map(({ name, ...changed }) => ({ name, latencies: latenciesOf({ ...params, ...changed }) }));
}
