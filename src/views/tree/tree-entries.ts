import { entryOf, frameState, type Scene } from '../../machine/decode.ts';
import {
  ENTRY_A,
  ENTRY_D,
  ENTRY_LEAF,
  ENTRY_P,
  ENTRY_SHIFT,
  ENTRY_W,
  entryFrame,
} from '../../machine/entry.ts';
import { kindNumber } from '../../machine/world.ts';
import { entryText, pfnText } from '../../machine/words.ts';
import { fieldOf } from '../../program/layout.ts';
import type { WasChanged } from './tree-holders.ts';
import type { RowMark } from './tree-model.ts';
import type { Plan } from './tree-plan.ts';
import { entryRuns, type RowSpec } from './tree-rows.ts';
import type { Spot } from './tree-spots.ts';

const FLAGS = [
  ['P', ENTRY_P],
  ['W', ENTRY_W],
  ['A', ENTRY_A],
  ['D', ENTRY_D],
] as const;

export interface RowArgs {
  readonly scene: Scene;
  readonly plan: Plan;
  readonly spot: Spot;
  readonly wasChanged: WasChanged;
}

/** The rows of a card as they read now. A table without a place shows none. */
export function rowMarks(args: RowArgs): readonly RowMark[] {
  const { spot } = args;
  if (spot.table === null) return [];
  const { rows } = spot.table;
  const own = new Set(rows.flatMap((row) => (row.kind === 'entry' ? [row.index] : [])));
  const runs = rows.some(({ kind }) => kind === 'run') ? entryRuns(rowOf(args), own) : [];
  return rows.map((row) => {
    if (row.kind === 'entry') return entryMark(args, row.index);
    if (row.kind === 'stack') return stackMark(args);
    return runMark(args, row, runs);
  });
}

function rowOf({ scene: { layout, words }, spot }: RowArgs): Int32Array {
  const { offset, cols } = fieldOf(layout, 'entries');
  return words.subarray(offset + spot.frame * cols, offset + (spot.frame + 1) * cols);
}

/** Entries that a new table has got so far; all, when it is no new table or nothing counts them. */
function copiedSoFar(args: RowArgs): number {
  const { state, copied } = args.spot;
  if (state !== 'new') return Infinity;
  const any = rowOf(args).some((word) => word !== 0);
  return copied === null || copied === 0 ? (any ? Infinity : 0) : copied;
}

function entryMark(args: RowArgs, index: number): RowMark {
  const { scene, spot, wasChanged, plan } = args;
  const word = entryOf(scene, spot.frame, index);
  const missing = index >= copiedSoFar(args);
  const other = otherWord(args, index, missing);
  const atBottom = spot.table?.level === plan.world.levels.length - 1;
  const flags = FLAGS.map(([letter, bit]) => ({
    letter,
    on: (word & bit) !== 0,
    differs: ((word ^ other) & bit) !== 0,
  }));
  const huge = !atBottom && (word & ENTRY_LEAF) !== 0;
  const says = `entry ${String(index)}: ${missing ? 'not copied yet' : entryText(scene.world, word)}`;
  return {
    kind: 'entry',
    index,
    target: missing ? 'not copied' : targetText(scene, word),
    hollow: missing || word === 0,
    targetDiffers: entryFrame(word) !== entryFrame(other),
    flags: huge ? [{ letter: 'H', on: true, differs: false }, ...flags] : flags,
    changed: wasChanged('entries', index, spot.frame),
    says:
      other === word ? says : `${says} (differs from the other version: ${entryText(scene.world, other)})`,
  };
}

const FLAG_BITS = (1 << ENTRY_SHIFT) - 1;

/** Whether two entries lead to copies of one table on different nodes: then they say the same. */
function areCopies(scene: Scene, one: number, other: number): boolean {
  const [first, wanted] = [entryFrame(one), entryFrame(other)];
  if (scene.world.replicas === null || first === wanted) return false;
  let copy = frameState(scene, first).copy;
  for (let node = 1; node < scene.world.nodes && copy !== 0 && copy !== wanted; node++)
    copy = frameState(scene, copy).copy;
  return copy !== 0 && copy === wanted;
}

/**
 * The same entry in the table that stands here now, for an old one (what it still says); the word itself where there is
 * nothing to compare. Of a freed table only bits that it alone has count.
 */
function otherWord({ scene, spot }: RowArgs, index: number, missing: boolean): number {
  const word = entryOf(scene, spot.frame, index);
  if (spot.beside === 0 || missing) return word;
  const there = entryOf(scene, spot.beside, index);
  const other = areCopies(scene, word, there) ? (there & FLAG_BITS) | (word & ~FLAG_BITS) : there;
  if (spot.state !== 'freed') return other;
  const only = word & ~other & (ENTRY_A | ENTRY_D);
  return entryFrame(word) === entryFrame(other) ? word & ~only : word;
}

function targetText({ world }: Scene, word: number): string {
  if (word === 0) return 'empty';
  if ((word & ENTRY_P) === 0) return 'swap';
  return pfnText(world.pfn[entryFrame(word)] ?? 0);
}

function runMark(
  { spot, wasChanged }: RowArgs,
  { nth, of }: RowSpec & { kind: 'run' },
  runs: ReturnType<typeof entryRuns>,
): RowMark {
  const rest = runs.slice(nth);
  const [run] = rest;
  if (run === undefined) return { kind: 'run', text: '', says: '', changed: false };
  const changed = wasChanged('entries', run.first, spot.frame);
  const count = rest.reduce((sum, r) => sum + r.count, 0);
  if (nth === of - 1 && rest.length > 1) {
    const text = `+ ${String(count)} in ${String(rest.length)} runs`;
    return {
      kind: 'run',
      text,
      says: `${String(count)} more entries in ${String(rest.length)} runs`,
      changed,
    };
  }
  const range = run.count === 1 ? `[${String(run.first)}]` : `[${String(run.first)}–${String(run.last)}]`;
  const what = run.count === 1 ? 'entry' : 'entries';
  const text = `${range} ${String(run.count)} ${what}`;
  return { kind: 'run', text, says: text, changed };
}

function stackMark({ scene, plan, spot }: RowArgs): RowMark {
  const hidden = spot.table?.hidden ?? [];
  const level = plan.world.levels[(spot.table?.level ?? 0) + 1]?.name ?? '';
  const old = spot.beside === 0 ? oldBelow(scene, plan, spot.table?.key ?? '') : 0;
  const tables = `${String(hidden.length)} ${level} table${hidden.length === 1 ? '' : 's'}`;
  const text = old === 0 ? `+ ${tables}` : `+ ${String(hidden.length)} ${level}, ${String(old)} old`;
  return { kind: 'stack', text, expands: spot.beside === 0 };
}

/** How many tables in limbo stand in those places below a place that have no card. */
function oldBelow({ layout, words }: Scene, { framesBelow, tables }: Plan, key: string): number {
  const { offset } = fieldOf(layout, 'frame.kind');
  const limbo = kindNumber('limbo');
  let count = 0;
  for (const frame of framesBelow.get(key) ?? []) if (words[offset + frame] === limbo) count += 1;
  for (const { parent, versions } of tables.values())
    if (parent === key) count -= versions.filter(({ frame }) => words[offset + frame] === limbo).length;
  return count;
}
