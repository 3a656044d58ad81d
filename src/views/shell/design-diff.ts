import { diffLines, type DiffRow } from './line-diff.ts';
import type { Code } from '../../worker/outer-line.ts';
import type { ProgramText } from '../../worker/programs.ts';

/** One line of pseudo-code, as deep as it is called. */
export interface DepthLine {
  readonly text: string;
  readonly depth: number;
}

/** A line of a comparison; `~`: it reads as before, and something else is done there. */
export interface ChangedLine {
  readonly sign: DiffRow<DepthLine>['sign'] | '~';
  readonly item: DepthLine;
}

/** What changes in one actor's program. */
export interface ProgramChange {
  readonly actor: string;
  readonly name: string;
  readonly removed: number;
  readonly added: number;
  /** Lines that read as before and do something else; counted only where none goes or comes. */
  readonly redone: number;
  /** The lines that change, with those around them; null where some are left out. */
  readonly rows: readonly (ChangedLine | null)[];
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
    const rows = withRedone(
      diffLines(linesOf(old), linesOf(fresh), ({ text, depth }) => `${String(depth)} ${text}`),
      [old?.work ?? [], fresh?.work ?? []],
    );
    const count = (sign: string): number => rows.filter((row) => row.sign === sign).length;
    const [removed, added, redone] = [count('-'), count('+'), count('~')];
    const { cpu, name } = fresh ?? old ?? { cpu: -1, name: id };
    if (removed + added + redone === 0) return [];
    const shown = cpu < 0 ? name : `CPU${String(cpu)} ${name}`;
    return [{ actor: id, name: shown, removed, added, redone, rows: around(rows) }];
  });
}

/** Where every line reads as before, marks those that do something else. */
function withRedone(
  rows: readonly DiffRow<DepthLine>[],
  [before, after]: readonly [readonly string[], readonly string[]],
): readonly ChangedLine[] {
  if (rows.some(({ sign }) => sign !== ' ')) return rows;
  return rows.map((row, i) => (before[i] === after[i] ? row : { ...row, sign: '~' }));
}

function linesOf(code: Code | undefined): readonly DepthLine[] {
  if (code === undefined) return [];
  const { lines, calls } = code;
  const depths: number[] = [];
  for (const { from } of calls) depths.push(from < 0 ? 0 : (depths[lines[from]?.call ?? 0] ?? 0) + 1);
  return lines.map(({ text, indent, call }) => ({ text, depth: (depths[call] ?? 0) + indent }));
}

function around(rows: readonly ChangedLine[]): readonly (ChangedLine | null)[] {
  const near = new Set<number>();
  rows.forEach(({ sign }, i) => {
    if (sign !== ' ') for (let d = -CONTEXT; d <= CONTEXT; d++) near.add(i + d);
  });
  return rows.flatMap((row, i) => (near.has(i) ? [row] : near.has(i - 1) || i === 0 ? [null] : []));
}
