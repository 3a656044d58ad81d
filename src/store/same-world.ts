import type { Source } from '../worker/protocol.ts';

/** Whether two runs start from the same machine and process; their designs may differ. */
export function sameWorld(a: Source, b: Source): boolean {
  const bare = (source: Source): string => JSON.stringify({ ...source, version: '', overrides: {} });
  return bare(a) === bare(b);
}
