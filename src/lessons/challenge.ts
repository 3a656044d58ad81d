import type { PropertyId } from '../properties/properties.ts';
import type { Subject } from '../worker/search-protocol.ts';
import { isSource, type SourceId } from './bibliography.ts';

/** A race to find: the learner schedules until the property is broken. What is shortest is for the search to say. */
export interface Challenge {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly subject: Subject;
  readonly breaks: PropertyId;
  /** Afterwards: which of these changes stops it? Exactly one does, the first; the search proves it. Empty where nothing is asked. */
  readonly repairs: readonly string[];
  /** Where the order is told of that makes the race possible. */
  readonly sources: readonly SourceId[];
}

/** A challenge as it is written down: what is left out is empty. */
interface Written extends Pick<Challenge, 'id' | 'title' | 'story' | 'breaks'> {
  readonly run: readonly [scenario: string, version: string];
  readonly set?: Subject['overrides'];
  readonly repairs?: readonly string[];
  /** The posting of its version, unless said. */
  readonly source?: SourceId;
}

/** Fills in what is left to be understood. Throws where no source is known for a version. */
export function challengesOf(written: readonly Written[]): readonly Challenge[] {
  return written.map(({ run: [scenario, version], set = {}, repairs = [], source, ...rest }) => ({
    ...rest,
    subject: { scenario, version, overrides: set },
    repairs,
    sources: [source ?? postingOf(version)],
  }));
}

function postingOf(version: string): SourceId {
  const id = version === 'invalidate-first' ? 'hansen-2007-10' : `biro-${version}`;
  if (!isSource(id)) throw new Error(`no source for the version ${version}`);
  return id;
}
