import type { Scene } from '../../machine/decode.ts';
import { elementText, valueText } from '../../machine/field-words.ts';
import { sameWorld } from '../../store/same-world.ts';
import type { Opened } from '../../worker/protocol.ts';
import { elementKey } from '../threads/changes.ts';

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
  /** All of them, as keys of `elementKey`. */
  readonly elements: ReadonlySet<string>;
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

/** What of the state that all share differs between two runs of one world. Fields that only one of them has are left out. */
export function stateDifferences(left: Scene, right: Scene): Differences {
  const all: Difference[] = [];
  const elements = new Set<string>();
  for (const field of left.layout.fields.values()) {
    const other = right.layout.fields.get(field.name);
    if (other === undefined || field.ghost || OWN.test(field.name)) continue;
    if (other.cols !== field.cols || other.rows !== field.rows) continue;
    let told = 0;
    for (let i = 0; i < field.rows * field.cols; i++) {
      const [a, b] = [left.words[field.offset + i] ?? 0, right.words[other.offset + i] ?? 0];
      if (a === b) continue;
      const place = { row: Math.floor(i / field.cols), col: i % field.cols };
      elements.add(elementKey(field.name, place.col, place.row));
      told += 1;
      if (told > MOST) continue;
      all.push({
        about: subjectOf(field.name),
        what: elementText(left.world, field.name, place),
        left: valueText(left.world, field.name, a),
        right: valueText(right.world, field.name, b),
      });
    }
  }
  const listed = SUBJECTS.flatMap((subject) => all.filter(({ about }) => about === subject));
  return { listed: listed.slice(0, MOST), count: elements.size, elements };
}
