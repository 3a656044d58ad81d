import type { Scene } from '../../machine/decode.ts';
import { elementText, valueText } from '../../machine/field-words.ts';
import type { PlacedField } from '../../program/layout.ts';
import { sameWorld } from '../../store/same-world.ts';
import type { Opened } from '../../worker/protocol.ts';

/** One element of the state that is not the same on both sides. */
export interface Difference {
  readonly about: Subject;
  readonly what: string;
  readonly left: string;
  readonly right: string;
}

export interface Differences {
  /** By subject, in the order of SUBJECTS. */
  readonly listed: readonly Difference[];
  /** How many there are in all. */
  readonly count: number;
  /** Whether an element, by its key of `elementKey`, is one of them. */
  readonly differs: (element: string) => boolean;
}

export const SUBJECTS = ['CPUs, TLBs and walk caches', 'Tables', 'Frames', 'Processes and the rest'] as const;
export type Subject = (typeof SUBJECTS)[number];

const MOST = 24;
/** What only one actor sees, and what only the checks see. */
const OWN = /^(cpu|ipi|spec)\d+\.|^rcu\.(pc$|[a-z]+_(table|page|entry)$)/;

function subjectOf(field: string): Subject {
  if (field === 'entries') return 'Tables';
  if (field.startsWith('frame.')) return 'Frames';
  return /^(cpu|ipi)\./.test(field) ? 'CPUs, TLBs and walk caches' : 'Processes and the rest';
}

/** True when frames and addresses have the same numbers in both, so that elements of the states are about the same things. */
export function comparable(a: Opened, b: Opened): boolean {
  const [one, other] = [a.world.pfn, b.world.pfn];
  const sameFrames = one.length === other.length && Array.from(one).every((pfn, i) => pfn === other[i]);
  return sameFrames && sameWorld(a.source, b.source);
}

/** A field that both states have, in the same shape. */
interface Shared {
  readonly field: PlacedField;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** What of the state that all share differs between two runs of one world. Fields that only one of them has are left out. */
export function stateDifferences(left: Scene, right: Scene): Differences {
  const all: Difference[] = [];
  const fields = sharedFields(left, right);
  let count = 0;
  for (const { field, left: one, right: other } of fields.values()) {
    const found = differing(one, other);
    count += found.count;
    for (const i of found.first) {
      const place = { row: Math.floor(i / field.cols), col: i % field.cols };
      all.push({
        about: subjectOf(field.name),
        what: elementText(left.world, field.name, place),
        left: valueText(left.world, field.name, one[i] ?? 0),
        right: valueText(right.world, field.name, other[i] ?? 0),
      });
    }
  }
  const listed = SUBJECTS.flatMap((subject) => all.filter(({ about }) => about === subject));
  return { listed: listed.slice(0, MOST), count, differs: (element) => differsIn(fields, element) };
}

function sharedFields(left: Scene, right: Scene): ReadonlyMap<string, Shared> {
  const shared = new Map<string, Shared>();
  for (const field of left.layout.fields.values()) {
    const other = right.layout.fields.get(field.name);
    if (other === undefined || field.ghost || OWN.test(field.name)) continue;
    if (other.cols !== field.cols || other.rows !== field.rows) continue;
    shared.set(field.name, { field, left: wordsOf(left, field), right: wordsOf(right, other) });
  }
  return shared;
}

function wordsOf({ words }: Scene, { offset, rows, cols }: PlacedField): Int32Array {
  return words.subarray(offset, offset + rows * cols);
}

/** How many words differ, and where the first few of them are: the states of a process have a million. */
function differing(one: Int32Array, other: Int32Array): { first: readonly number[]; count: number } {
  const first: number[] = [];
  const { length } = one;
  let count = 0;
  for (let i = 0; i < length; i++) {
    if (one[i] === other[i]) continue;
    count += 1;
    if (count <= MOST) first.push(i);
  }
  return { first, count };
}

function differsIn(fields: ReadonlyMap<string, Shared>, element: string): boolean {
  const [name = '', row, col] = element.split(':');
  const shared = fields.get(name);
  if (shared === undefined) return false;
  const i = Number(row) * shared.field.cols + Number(col);
  return shared.left[i] !== shared.right[i];
}
