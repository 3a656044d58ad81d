import type { Scene } from '../../machine/decode.ts';
import type { Choice } from '../../worker/moment-messages.ts';
import type { Opened } from '../../worker/protocol.ts';
import type { PlacesAt } from '../memory-map/census.ts';

/** What is read to tell about something chosen. */
export interface Inspected {
  readonly scene: Scene;
  readonly opened: Pick<Opened, 'actors' | 'programs'>;
  readonly places: PlacesAt;
  readonly choices: readonly Choice[];
}

/** One thing that is so now. */
export interface Fact {
  readonly name: string;
  /** Frames and CPUs that it names are made to lead there. */
  readonly value: string;
  /** Of a local: its field, whose changes a run can stop at. */
  readonly field?: string;
}
