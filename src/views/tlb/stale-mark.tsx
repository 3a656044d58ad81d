import type { Staleness } from './staleness.ts';

/** Says that what is cached is stale, and how; takes no place where it is not. */
export function StaleMark({ staleness }: { readonly staleness: Staleness | null }) {
  if (staleness === null) return null;
  return (
    <span className="stale-mark" data-grave={staleness.grave} title={staleness.long}>
      <span aria-hidden="true">{staleness.grave ? '✕' : '◐'}</span> {staleness.short}
      <span className="visually-hidden">: {staleness.long}</span>
    </span>
  );
}
