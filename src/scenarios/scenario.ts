import type { Design } from '../kernel/design.ts';
import type { World } from '../machine/world.ts';
import type { Switches, ThreadScript } from './script.ts';
import type { SmallWorld } from './small-world.ts';

/** A named small world: what there is, who does what, and the moments that must be reached to prove anything. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** One or two sentences for the reader: what could go wrong here. */
  readonly about: string;
  readonly world: World;
  /** What the world was made of, which an editor can change; null for the world of a real process. */
  readonly description: SmallWorld | null;
  readonly threads: readonly ThreadScript[];
  readonly switches: Switches;
  /** Moments that some run must reach; a scenario that never does proves nothing. */
  readonly sometimes: readonly string[];
  /** The version and choices that it opens with. */
  readonly opensWith: { readonly version: string; readonly overrides: Partial<Design> };
}
