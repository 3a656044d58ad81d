import * as v from 'valibot';
import { parsePick, pickText } from './pick.ts';
import { refused } from './refusals.ts';
import { checkedDocument, checkedOverrides, type RunDocument } from './run-document.ts';
import type { ScenarioRef } from './scenario-document.ts';
import { readScenarioFile, SCENARIO_VERSIONS } from './scenario-file.ts';
import { packSchedule, unpackSchedule } from './schedule-text.ts';
import { isOfFormat, newestVersion, type Upgrader, upgraded, type Versions } from './upgrade.ts';

/** Version 1 knew a scenario by its id only; 2 says `{ id }` or `{ custom }`, a scenario in full. */
const fromOne: Upgrader = ({ scenario, ...rest }) => ({ ...rest, scenario: { id: scenario } });

/** Run files; raise the version by adding an upgrader from the one before. */
export const RUN_VERSIONS: Versions = { format: 'limbo-run', upgraders: [fromOne] };

const RunFile = v.object({
  scenario: v.union([v.object({ id: v.string() }), v.object({ custom: v.unknown() })]),
  design: v.object({ version: v.string(), overrides: v.record(v.string(), v.string()) }),
  schedule: v.string(),
  cursor: v.number(),
  selection: v.optional(v.string(), ''),
});

/** A run as a file: JSON with the schedule as `schedule-text.ts` packs it. Ends with a new line. */
export function runFileText({
  scenario,
  version,
  overrides,
  schedule,
  cursor,
  selection,
}: RunDocument): string {
  const file = {
    format: RUN_VERSIONS.format,
    version: newestVersion(RUN_VERSIONS),
    scenario: scenarioPart(scenario),
    design: { version, overrides },
    schedule: packSchedule(schedule),
    cursor,
    selection: selection === null ? '' : pickText(selection),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function scenarioPart(scenario: ScenarioRef): object {
  if (typeof scenario === 'string') return { id: scenario };
  const head = { format: SCENARIO_VERSIONS.format, version: newestVersion(SCENARIO_VERSIONS) };
  return { custom: { ...head, ...scenario } };
}

/** True for what says of itself that it is a run, whether it can be read or not. */
export function isRunFormat(value: unknown): boolean {
  return isOfFormat(value, RUN_VERSIONS);
}

/** The run in a file's JSON. `name` is the file's, for messages. Throws a FileError. */
export function readRunFile(value: unknown, name: string): RunDocument {
  const file = v.safeParse(RunFile, upgraded(value, name, RUN_VERSIONS));
  if (!file.success) {
    const path = v.getDotPath(file.issues[0]) ?? 'a part';
    throw refused(name, `is damaged: ${path} is missing or not as it should be`);
  }
  const { scenario, design, schedule, cursor, selection } = file.output;
  return checkedDocument(name, {
    scenario: 'id' in scenario ? scenario.id : readScenarioFile(scenario.custom, `The scenario in ${name}`),
    version: design.version,
    overrides: checkedOverrides(name, Object.entries(design.overrides)),
    schedule: unpackSchedule(schedule),
    cursor,
    selection: parsePick(selection),
  });
}
