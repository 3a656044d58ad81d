import type { Progress } from '../explorer/liveness.ts';
import type { Move } from '../explorer/run.ts';
import { counterexample, reachedMoments, type Findings } from '../explorer/search.ts';
import { at } from '../lib/at.ts';
import { PROPERTIES } from '../properties/properties.ts';
import type { ActorInfo } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';

export type VerdictWord = 'holds' | 'fails' | 'not reached' | 'not checked';

/** What a search found out about one property; `moves` is a shortest schedule that breaks it. */
export interface Verdict {
  readonly property: string;
  readonly verdict: VerdictWord;
  readonly moves: readonly Move[] | null;
  /** Where `moves` is a run that goes on for ever: from this move on it repeats. */
  readonly cycleStart?: number;
  /** `progress` holds, but only since runs that are out of memory again and again do not count. */
  readonly excused?: boolean;
  /** Of `reached`: moments that the scenario exists for, and that were not. */
  readonly missed?: readonly string[];
}

/** When `progress` fails, for people: it is no property of single states, and stands in no list of those. */
export const PROGRESS_FAILS_WHEN = 'a relocation or a fault can go on for ever without finishing';

/** The moment that excuses a run for not ending, where it is reached again and again: no frame is left, and none could come free. */
export const PROGRESS_EXCUSE = 'out-of-memory';

/**
 * One verdict for each property, in the order of display, then `progress` if it was asked about, and last `reached`: whether every
 * moment that the scenario exists for was. `holds` means within what was searched: whether that was everything is the search's to say.
 */
export function verdictsOf(
  scenario: Scenario,
  search: Findings,
  progress: Progress | null,
): readonly Verdict[] {
  const judged = PROPERTIES.map(({ id }): Verdict => {
    const moves = counterexample(search, id);
    return { property: id, verdict: moves === null ? 'holds' : 'fails', moves };
  });
  const reached = reachedMoments(search);
  const missed = scenario.sometimes.filter((moment) => !reached.includes(moment));
  const live = progress === null ? [] : [progressVerdict(progress)];
  return [
    ...judged,
    ...live,
    missed.length === 0
      ? { property: 'reached', verdict: 'holds', moves: null }
      : { property: 'reached', verdict: 'not reached', moves: null, missed },
  ];
}

/** What the search for a run without end found, as a verdict on the property `progress`. */
export function progressVerdict(progress: Progress): Verdict {
  if (progress.verdict === 'not checked')
    return { property: 'progress', verdict: 'not checked', moves: null };
  if (progress.verdict === 'holds')
    return {
      property: 'progress',
      verdict: 'holds',
      moves: null,
      ...(progress.excused && { excused: true }),
    };
  const { stem, cycle } = progress.lasso;
  return { property: 'progress', verdict: 'fails', moves: [...stem, ...cycle], cycleStart: stem.length };
}

/** A schedule as words that mean the same under two designs: the actor's id, and `:move` where it is not its first. */
export function scheduleTokens(actors: readonly ActorInfo[], moves: readonly Move[]): readonly string[] {
  return moves.map(({ actor, move }) => `${at(actors, actor).id}${move === 0 ? '' : `:${String(move)}`}`);
}

/** The moves that such words stand for. Throws on an actor that is not there. */
export function movesOfTokens(actors: readonly ActorInfo[], tokens: readonly string[]): readonly Move[] {
  return tokens.map((token) => {
    const [id, move = '0'] = token.split(':');
    const actor = actors.findIndex((info) => info.id === id);
    if (actor < 0) throw new Error(`there is no actor ${token}`);
    return { actor, move: Number(move) };
  });
}
