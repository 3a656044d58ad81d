import type { Layout, PlacedField } from '../program/layout.ts';

/** A run, state by state, for tools that read the Informal Trace Format (Apalache's ADR 015). */
export interface ItfTrace {
  readonly '#meta': {
    readonly format: 'ITF';
    readonly 'format-description': string;
    readonly description: string;
  };
  readonly vars: readonly string[];
  readonly states: readonly ItfState[];
}

type ItfValue = number | string | readonly ItfValue[];
export type ItfState = Readonly<Record<string, ItfValue | { readonly index: number }>>;

export interface ItfArgs {
  readonly layout: Layout;
  readonly description: string;
  /** State before each step, then the last: one more than `steps`. Each is read at once, so one array may be used again. */
  readonly states: Iterable<Int32Array>;
  /** Who moved and what the step did; shown with the state that it led to. */
  readonly steps: readonly { readonly actor: string; readonly label: string }[];
}

/** Names become what TLA+ takes for one: `frame.kind` is `frame_kind`. Values are whole numbers below 2^31, and rows of them. */
export function itfTrace({ layout, description, states, steps }: ItfArgs): ItfTrace {
  const fields = [...layout.fields.values()];
  const vars = ['actor_taken', 'action_taken', ...fields.map(nameOf)];
  const rows: ItfState[] = [];
  for (const words of states) {
    const step = rows.length === 0 ? undefined : steps[rows.length - 1];
    const values = fields.map((field) => [nameOf(field), valueOf(field, words)] as const);
    rows.push({
      '#meta': { index: rows.length },
      actor_taken: step?.actor ?? '',
      action_taken: step?.label ?? 'init',
      ...Object.fromEntries(values),
    });
  }
  const link = 'https://apalache-mc.org/docs/adr/015adr-trace.html';
  return { '#meta': { format: 'ITF', 'format-description': link, description }, vars, states: rows };
}

const nameOf = ({ name }: PlacedField): string => name.replaceAll(/[^A-Za-z0-9_]/g, '_');

function valueOf({ offset, rows, cols }: PlacedField, words: Int32Array): ItfValue {
  const row = (r: number): number[] => [...words.subarray(offset + r * cols, offset + (r + 1) * cols)];
  if (rows > 1) return Array.from({ length: rows }, (_, r) => row(r));
  return cols > 1 ? row(0) : (words[offset] ?? 0);
}
