import type { Move } from '../explorer/run.ts';
import { counterexample, reachedMoments, type Search } from '../explorer/search.ts';
import { at } from '../lib/at.ts';
import { PROPERTIES } from '../properties/properties.ts';
import type { ActorInfo } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';

export type VerdictWord = 'holds' | 'fails' | 'not reached';

/** What a search found out about one property; `moves` is a shortest schedule that breaks it. */
export interface Verdict {
  readonly property: string;
  readonly verdict: VerdictWord;
  readonly moves: readonly Move[] | null;
}

/**
 * One verdict for each property, in the order of display, and last `reached`: whether every moment that the scenario
 * exists for was. `holds` means within what was searched: whether that was everything is the search's to say.
 */
export function verdictsOf(scenario: Scenario, search: Search): readonly Verdict[] {
  const judged = PROPERTIES.map(({ id }): Verdict => {
    const moves = counterexample(search, id);
    return { property: id, verdict: moves === null ? 'holds' : 'fails', moves };
  });
  const reached = reachedMoments(search);
  const missed = scenario.sometimes.some((moment) => !reached.includes(moment));
  return [...judged, { property: 'reached', verdict: missed ? 'not reached' : 'holds', moves: null }];
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
