import { at } from '../lib/at.ts';
import { isDeadlock } from './deadlock.ts';
import { createMachine, isEnabled, type Model, moveCount, takeStep } from './model.ts';
import type { Move } from './run.ts';

/** What a search found. Depths and schedules are shortest, since states are visited in order of distance. */
export interface NaiveResult {
  readonly states: number;
  readonly transitions: number;
  /** Distance of the farthest state. */
  readonly depth: number;
  /** False when the bound was hit. */
  readonly exhaustive: boolean;
  /** By property: the shortest schedule that breaks it. */
  readonly violations: ReadonlyMap<string, readonly Move[]>;
  /** "Sometimes" moments that were reached. */
  readonly moments: ReadonlySet<string>;
  /** States where nobody can move. */
  readonly ends: readonly (readonly Move[])[];
}

interface Node {
  readonly parent: Node | null;
  readonly move: Move;
  readonly depth: number;
}

/**
 * The slow, obvious search that a fast one is checked against: breadth first, whole states as keys of a Map, no
 * reductions. `maxStates` bounds memory: about 1 kB a state.
 */
export function naiveSearch(model: Model, maxStates: number): NaiveResult {
  const machine = createMachine(model);
  const initial = machine.words.slice();
  const seen = new Set([keyOf(initial)]);
  let frontier: { words: Int32Array; node: Node | null }[] = [{ words: initial, node: null }];
  const result = {
    violations: new Map<string, readonly Move[]>(),
    moments: new Set<string>(),
    ends: [] as (readonly Move[])[],
  };
  let transitions = 0;
  let depth = 0;
  while (frontier.length > 0 && seen.size <= maxStates) {
    const next: typeof frontier = [];
    for (const { words, node } of frontier) {
      machine.words.set(words);
      const moves = allMoves(model, machine);
      if (moves.length === 0) result.ends.push(scheduleOf(node));
      if (isDeadlock(model, machine) && !result.violations.has('no-deadlock'))
        result.violations.set('no-deadlock', scheduleOf(node));
      for (const move of moves) {
        machine.words.set(words);
        const child: Node = { parent: node, move, depth: (node?.depth ?? 0) + 1 };
        for (const { kind, id } of takeStep(model, machine, move.actor, move.move)) {
          if (kind === 'moment') result.moments.add(id);
          else if (!result.violations.has(id)) result.violations.set(id, scheduleOf(child));
        }
        machine.journal.length = 0;
        transitions += 1;
        const key = keyOf(machine.words);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ words: machine.words.slice(), node: child });
      }
    }
    if (next.length > 0) depth += 1;
    frontier = next;
  }
  return { states: seen.size, transitions, depth, exhaustive: frontier.length === 0, ...result };
}

function allMoves(model: Model, machine: ReturnType<typeof createMachine>): readonly Move[] {
  const moves: Move[] = [];
  for (let actor = 0; actor < model.linked.length; actor++)
    for (let move = 0; move < moveCount(model, machine, actor); move++)
      if (isEnabled(model, machine, actor, move)) moves.push({ actor, move });
  return moves;
}

/** A whole state as text. Words are cut into two 16-bit characters each. */
export function keyOf(words: Int32Array): string {
  const parts: string[] = [];
  for (let i = 0; i < words.length; i += 512) {
    const part = new Uint16Array(words.buffer, words.byteOffset + i * 4, Math.min(512, words.length - i) * 2);
    parts.push(String.fromCharCode(...part));
  }
  return parts.join('');
}

function scheduleOf(node: Node | null): readonly Move[] {
  const moves: Move[] = [];
  for (let n = node; n !== null; n = n.parent) moves.unshift(n.move);
  return moves;
}

/** The schedule's moves as one line, for messages. */
export function scheduleText(model: Model, moves: readonly Move[]): string {
  return moves
    .map(({ actor, move }) => `${at(model.spec.actors, actor).id}${move === 0 ? '' : `:${String(move)}`}`)
    .join(' ');
}
