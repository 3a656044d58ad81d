/** What a reader points at or has chosen. */
export type Pick =
  | { readonly kind: 'frame'; readonly frame: number }
  | { readonly kind: 'entry'; readonly frame: number; readonly index: number }
  | { readonly kind: 'va'; readonly va: number }
  | { readonly kind: 'actor'; readonly actor: number }
  | { readonly kind: 'cpu'; readonly cpu: number };

/** `frame.17`, `entry.17.3`, `va.0`, `actor.1`, `cpu.0`. */
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
  }
}

/** Null for a text that names nothing: a link with a strange selection is still a good link. */
export function parsePick(text: string): Pick | null {
  const [, kind, first, second] = /^([a-z]+)\.(\d{1,9})(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  const [a, b] = [Number(first), Number(second)];
  if (kind === 'entry') return second === undefined ? null : { kind, frame: a, index: b };
  if (second !== undefined) return null;
  if (kind === 'frame') return { kind, frame: a };
  if (kind === 'va') return { kind, va: a };
  if (kind === 'actor') return { kind, actor: a };
  return kind === 'cpu' ? { kind, cpu: a } : null;
}
