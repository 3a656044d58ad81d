import type { EngineText } from '../explorer/engine.ts';

/** What a search left out, and whom it took for whom. */
export type Reduced = Pick<EngineText, 'alone' | 'symmetry'>;

/** A second search, for schedules that are as short as there can be. */
export interface SearchedAgain {
  readonly states: number;
  /** Distance of the farthest states from the first, in steps. */
  readonly depth: number;
}

/** What each reduction did, or why it did nothing, a sentence each; nothing for a search without them. */
export function reductionWords({ alone, symmetry }: Reduced): readonly string[] {
  if (alone === null) return [];
  const { twins, refused } = symmetry;
  const whole =
    twins.length + refused.length === 0 ? ['Symmetry of CPUs: no two CPUs have the same to do.'] : [];
  return [
    'Local steps: merged, each is part of the step before it (in every search).',
    alone.alone === 0
      ? `Partial order: none of the ${String(alone.steps)} steps of all programs could be taken alone.`
      : `Partial order: ${String(alone.alone)} of the ${String(alone.steps)} steps of all programs are taken alone wherever nobody can tell.`,
    ...twins.map((names) => `Symmetry of CPUs: ${listed(names)} stand for each other.`),
    ...refused.map(
      ({ names, why }) =>
        `Symmetry of CPUs: ${listed(names)} have the same to do, but do not stand for each other: ${why}.`,
    ),
    ...whole,
  ];
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** Where the schedules of a reduced search's verdicts are from. */
export interface SchedulesFrom {
  readonly again: SearchedAgain | null;
  /** Those that have a schedule. */
  readonly failing: readonly {
    readonly property: string;
    /** It was not found again: there may be a shorter one. */
    readonly notShortest?: boolean;
  }[];
}

/** Which search the schedules of a reduced search's verdicts come from, as a sentence. */
export function scheduleWords({ again, failing }: SchedulesFrom): string {
  // That of progress is searched without reductions anyway.
  const ofStates = failing.filter(({ property }) => property !== 'progress');
  const missing = ofStates.filter(({ notShortest }) => notShortest === true).length;
  if (ofStates.length === 0)
    return 'Counterexamples: no property of states fails, so none was searched again without reductions.';
  if (again === null)
    return missing === 0
      ? 'Counterexamples with the fewest switches: searched without reductions.'
      : 'Counterexamples: as the search with reductions found them; none was searched again, so there may be shorter ones.';
  const { states, depth } = again;
  const found = `searched again without reductions up to depth ${String(depth)} (${states.toLocaleString('en')} states)`;
  return missing === 0
    ? `Shortest counterexamples: ${found}.`
    : `Shortest counterexamples: ${found}; ${String(missing)} of them not found there within the bounds, and shown as the search with reductions found them: there may be shorter ones.`;
}
