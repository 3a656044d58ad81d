import type { Scene } from '../../machine/decode.ts';
import { elementText, valueText } from '../../machine/field-words.ts';

/** One element of the state that is not the same on both sides. */
export interface Difference {
  readonly what: string;
  readonly left: string;
  readonly right: string;
}

export interface Differences {
  readonly listed: readonly Difference[];
  /** How many there are in all. */
  readonly count: number;
}

const MOST = 24;
/** What only one actor sees, and what only the checks see. */
const OWN = /^(cpu|ipi|spec)\d+\.|^rcu\.(pc$|[a-z]+_(table|page|entry)$)/;

/** What of the state that all share differs between two runs of one scenario. Fields that only one of them has are left out. */
export function stateDifferences(left: Scene, right: Scene): Differences {
  const listed: Difference[] = [];
  let count = 0;
  for (const field of left.layout.fields.values()) {
    const other = right.layout.fields.get(field.name);
    if (other === undefined || field.ghost || OWN.test(field.name)) continue;
    if (other.cols !== field.cols || other.rows !== field.rows) continue;
    for (let i = 0; i < field.rows * field.cols; i++) {
      const [a, b] = [left.words[field.offset + i] ?? 0, right.words[other.offset + i] ?? 0];
      if (a === b) continue;
      count += 1;
      if (listed.length === MOST) continue;
      const place = { row: Math.floor(i / field.cols), col: i % field.cols };
      listed.push({
        what: elementText(left.world, field.name, place),
        left: valueText(left.world, field.name, a),
        right: valueText(right.world, field.name, b),
      });
    }
  }
  return { listed, count };
}
