/** Locks as links name them; all but ptl belong to a process. */
export const LOCK_NAMES = [
  'page_table_lock',
  'relocation_mutex',
  'mmap_sem_writer',
  'mmap_sem_readers',
  'ptl',
] as const;
export type LockName = (typeof LOCK_NAMES)[number];

/** What a reader points at or has chosen. */
export type Pick =
  | { readonly kind: 'frame'; readonly frame: number }
  | { readonly kind: 'entry'; readonly frame: number; readonly index: number }
  | { readonly kind: 'va'; readonly va: number }
  | { readonly kind: 'actor'; readonly actor: number }
  | { readonly kind: 'cpu'; readonly cpu: number }
  | { readonly kind: 'lock'; readonly lock: LockName; readonly of: number };

/** `frame.17`, `entry.17.3`, `va.0`, `actor.1`, `cpu.0`, `lock.ptl.17`. */
export function pickText(pick: Pick): string {
  switch (pick.kind) {
    case 'frame':
      return `frame.${String(pick.frame)}`;
    case 'entry':
      return `entry.${String(pick.frame)}.${String(pick.index)}`;
    case 'va':
      return `va.${String(pick.va)}`;
    case 'actor':
      return `actor.${String(pick.actor)}`;
    case 'cpu':
      return `cpu.${String(pick.cpu)}`;
    case 'lock':
      return `lock.${pick.lock}.${String(pick.of)}`;
  }
}

/** Null for a text that names nothing: a link with a strange selection is still a good link. */
export function parsePick(text: string): Pick | null {
  const [, name, of] = /^lock\.([a-z_]+)\.(\d{1,9})$/.exec(text) ?? [];
  const lock = LOCK_NAMES.find((known) => known === name);
  if (lock !== undefined) return { kind: 'lock', lock, of: Number(of) };
  const [, kind, first, second] = /^([a-z]+)\.(\d{1,9})(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  const [a, b] = [Number(first), Number(second)];
  if (kind === 'entry') return second === undefined ? null : { kind, frame: a, index: b };
  if (second !== undefined) return null;
  if (kind === 'frame') return { kind, frame: a };
  if (kind === 'va') return { kind, va: a };
  if (kind === 'actor') return { kind, actor: a };
  return kind === 'cpu' ? { kind, cpu: a } : null;
}
