import { CHOICES } from '../designs/choices.ts';
import { versionOf } from '../designs/versions.ts';
import type { Design } from '../kernel/design.ts';
import { scenarioOf } from '../scenarios/scenarios.ts';
import type { Pick } from './pick.ts';
import { refused } from './refusals.ts';
import type { ScenarioRef } from './scenario-document.ts';

/** One run at one moment: all that a link or a file says, and enough to show the same again anywhere. */
export interface RunDocument {
  /** A scenario of this program, or one in full, already checked. */
  readonly scenario: ScenarioRef;
  /** A version of this program. */
  readonly version: string;
  readonly overrides: Partial<Design>;
  /** An actor's id for each step, with `:move` where it is not its first move. */
  readonly schedule: readonly string[];
  /** Steps taken at the moment shown: 0 to the schedule's length. */
  readonly cursor: number;
  readonly selection: Pick | null;
}

/** Settings over a version, each checked. Throws a FileError on a choice or value that there is not. */
export function checkedOverrides(
  where: string,
  settings: readonly (readonly [string, string])[],
): Partial<Design> {
  for (const [choice, value] of settings) {
    const known: Readonly<Record<string, { readonly values: object }>> = CHOICES;
    if (!Object.hasOwn(known, choice))
      throw refused(where, `sets "${choice}", and no design has such a choice`);
    if (!Object.hasOwn(known[choice]?.values ?? {}, value))
      throw refused(where, `sets ${choice} to "${value}", which is none of its values`);
  }
  return Object.fromEntries(settings);
}

/** Checks what the types cannot say. Throws a FileError. */
export function checkedDocument(where: string, document: RunDocument): RunDocument {
  const { scenario, version, schedule, cursor } = document;
  if (typeof scenario === 'string' && scenarioOf(scenario) === null)
    throw refused(where, `names a scenario "${scenario}", and there is none of that name here`);
  if (version === '') throw refused(where, 'names no design');
  if (versionOf(version) === null)
    throw refused(where, `names a design "${version}", and there is none of that name here`);
  if (!Number.isInteger(cursor) || cursor < 0 || cursor > schedule.length)
    throw refused(where, `points at step ${String(cursor)} of ${String(schedule.length)}`);
  return document;
}
