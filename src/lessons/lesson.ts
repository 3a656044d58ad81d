import type { Scene } from '../machine/decode.ts';
import type { PropertyId } from '../properties/properties.ts';
import type { ActorInfo } from '../scenarios/build.ts';
import type { StepRecord } from '../worker/moment-messages.ts';
import type { Source } from '../worker/protocol.ts';
import type { SourceId } from './bibliography.ts';

/** What a goal or a question may look at: the state on screen and the steps that led to it. */
export interface Seen {
  readonly scene: Scene;
  readonly actors: readonly ActorInfo[];
  /** The steps up to the moment shown. */
  readonly records: readonly StepRecord[];
}

/** A step that the learner must have taken: by whom, and a part of what it says. Since the lesson's step began. */
export type Goal =
  | { readonly kind: 'step'; readonly actor: string; readonly label: RegExp }
  | { readonly kind: 'breaks'; readonly property: PropertyId };

/** How to get there: whose turn it is, and for how many steps or until a step of theirs says this. */
export type Play = readonly (readonly [actor: string, until: number | RegExp])[];

export interface Option {
  readonly id: string;
  readonly text: string;
  /** Why it is so, or why it is not. */
  readonly why: string;
}

/** A prediction. What is right is read from the engine once the goal is reached: nobody typed it in. */
export interface Prediction {
  readonly ask: string;
  readonly options: readonly Option[];
  /** The id of the option that came true. */
  readonly truth: (seen: Seen) => string;
}

export interface LessonStep {
  readonly text: readonly string[];
  readonly predict?: Prediction;
  /** What to do, in the words of the controls: one for each part of `play`. */
  readonly todo: readonly string[];
  readonly goal: Goal;
  readonly play: Play;
  /** Where the facts come from that it tells. */
  readonly sources: readonly SourceId[];
  /** The step starts in another run than the one before it left. */
  readonly opens?: Source;
}

export interface Lesson {
  readonly id: string;
  readonly title: string;
  /** 3 to 8. */
  readonly minutes: number;
  readonly about: string;
  readonly source: Source;
  readonly steps: readonly LessonStep[];
}

/** Whether a goal is reached by the steps from `since` on. */
export function isReached(goal: Goal, { actors, records }: Seen, since: number): boolean {
  const mine = records.slice(since);
  if (goal.kind === 'breaks')
    return mine.some(({ violations }) => violations.some(({ property }) => property === goal.property));
  return mine.some(({ actor, label }) => actors[actor]?.id === goal.actor && goal.label.test(label));
}

/** Parts of what is to be done that are behind the learner, who did them in this order from `since` on. */
export function partsDone(play: Play, { actors, records }: Omit<Seen, 'scene'>, since: number): number {
  let next = since;
  for (const [part, [actor, until]] of play.entries()) {
    const mine = records.flatMap((record, i) => (i >= next && actors[record.actor]?.id === actor ? [i] : []));
    const last =
      typeof until === 'number' ? mine[until - 1] : mine.find((i) => until.test(records[i]?.label ?? ''));
    if (last === undefined) return part;
    next = last + 1;
  }
  return play.length;
}

/** A scenario in a version, as lessons write it. */
export function runOf(scenario: string, version: string, overrides: Source['overrides'] = {}): Source {
  return { kind: 'scenario', scenario, version, overrides };
}
