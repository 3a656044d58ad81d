import { diffLines, type DiffRow } from './line-diff.ts';
import type { Code } from '../../worker/outer-line.ts';
import type { ProgramText } from '../../worker/programs.ts';

/** One line of pseudo-code, as deep as it is called. */
export interface DepthLine {
  readonly text: string;
  readonly depth: number;
}

/** What changes in one actor's program. */
export interface ProgramChange {
  readonly actor: string;
  readonly name: string;
  readonly removed: number;
  readonly added: number;
  /** The lines that change, with those around them; null where some are left out. */
  readonly rows: readonly (DiffRow<DepthLine> | null)[];
}

/** Lines shown before and after each change. */
const CONTEXT = 2;

/** The programs that differ, in the order of the actors; one that only one design has counts as all new or all gone. */
export function programChanges(
  before: readonly ProgramText[],
  after: readonly ProgramText[],
): readonly ProgramChange[] {
  const ids = [...new Set([...before, ...after].map(({ actor }) => actor))];
  return ids.flatMap((id): ProgramChange[] => {
    const [old, fresh] = [before, after].map((programs) => programs.find(({ actor }) => actor === id));
    const rows = diffLines(linesOf(old), linesOf(fresh), ({ text, depth }) => `${String(depth)} ${text}`);
    const count = (sign: string): number => rows.filter((row) => row.sign === sign).length;
    const [removed, added] = [count('-'), count('+')];
    const { cpu, name } = fresh ?? old ?? { cpu: -1, name: id };
    if (removed + added === 0) return [];
    return [
      { actor: id, name: cpu < 0 ? name : `CPU${String(cpu)} ${name}`, removed, added, rows: around(rows) },
    ];
  });
}

function linesOf(code: Code | undefined): readonly DepthLine[] {
  if (code === undefined) return [];
  const { lines, calls } = code;
  const depths: number[] = [];
  for (const { from } of calls) depths.push(from < 0 ? 0 : (depths[lines[from]?.call ?? 0] ?? 0) + 1);
  return lines.map(({ text, indent, call }) => ({ text, depth: (depths[call] ?? 0) + indent }));
}

function around(rows: readonly DiffRow<DepthLine>[]): readonly (DiffRow<DepthLine> | null)[] {
  const near = new Set<number>();
  rows.forEach(({ sign }, i) => {
    if (sign !== ' ') for (let d = -CONTEXT; d <= CONTEXT; d++) near.add(i + d);
  });
  return rows.flatMap((row, i) => (near.has(i) ? [row] : near.has(i - 1) || i === 0 ? [null] : []));
}
