import type { PropertyId } from '../../properties/properties.ts';
import { type Gathering, gatheredByRun } from '../../worker/gathering.ts';
import type { StepRecord } from '../../worker/moment-messages.ts';

type Told = Pick<StepRecord, 'tag' | 'label'>;

const tagged =
  (...tags: readonly string[]) =>
  ({ tag }: Told): boolean =>
    tags.includes(tag);
const always = (): boolean => true;

/** What has to happen before a property can fail at all: until such a step was taken, that it holds says nothing. */
const TRIES: Readonly<Record<PropertyId, (step: Told) => boolean>> = {
  'no-use-after-free': tagged('free', 'rcu-run', 'drop'),
  'no-lost-write': tagged('write', 'swing', 'merge', 'set-a', 'set-d'),
  'no-lost-dirty': ({ tag, label }) => tag === 'data' && label.startsWith('write'),
  'no-stale-translation': tagged('data'),
  'no-empty-dereference': tagged('read', 'write', 'swing', 'lock', 'copy'),
  'no-lost-accessed': tagged('walk', 'set-a', 'set-d'),
  'no-deadlock': tagged('lock', 'ipi-send', 'irqs', 'sleep', 'call-rcu', 'rcu-wait'),
  'lock-order': tagged('lock'),
  'lock-ownership': tagged('unlock', 'rcu-run'),
  counts: tagged('mark'),
  'no-leak': always,
  completeness: tagged('mark', 'unlock'),
  'translation-kept': always,
};

const IDS = Object.keys(TRIES) as PropertyId[];

/** By property: how many steps were taken when it had been tried; a property that was not is not in it. */
type Tried = ReadonlyMap<PropertyId, number>;

function gatherTried(): Gathering<StepRecord, Tried> {
  let tried: Tried = new Map();
  let taken = 0;
  return {
    add(step) {
      taken += 1;
      const now = IDS.filter((id) => !tried.has(id) && TRIES[id](step));
      if (now.length > 0) tried = new Map([...tried, ...now.map((id) => [id, taken] as const)]);
    },
    read: () => tried,
  };
}

const NONE: Tried = new Map();

/** When each property was first tried in a run. Kept for each: the cursor moves much oftener than steps are added. */
export const triedIn = gatheredByRun(gatherTried, NONE);
