import * as v from 'valibot';
import { parsePick, pickText } from './pick.ts';
import { checkedDocument, checkedOverrides, refused, type RunDocument, tooNew } from './run-document.ts';
import { packSchedule, unpackSchedule } from './schedule-text.ts';

export const RUN_FORMAT = 'limbo-run';
export const RUN_VERSION = 1;

const Head = v.object({
  format: v.literal(RUN_FORMAT),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const RunFile = v.object({
  scenario: v.string(),
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
    format: RUN_FORMAT,
    version: RUN_VERSION,
    scenario,
    design: { version, overrides },
    schedule: packSchedule(schedule),
    cursor,
    selection: selection === null ? '' : pickText(selection),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** True for what says of itself that it is a run, whether it can be read or not. */
export function isRunFormat(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === RUN_FORMAT;
}

/** The run in a file's JSON. `name` is the file's, for messages. Throws a FileError. */
export function readRunFile(value: unknown, name: string): RunDocument {
  const head = v.safeParse(Head, value);
  if (!head.success) throw refused(name, 'does not say which form of a run it is');
  if (head.output.version > RUN_VERSION) throw tooNew(name, head.output.version, RUN_VERSION);
  const file = v.safeParse(RunFile, value);
  if (!file.success) {
    const path = v.getDotPath(file.issues[0]) ?? 'a part';
    throw refused(name, `is damaged: ${path} is missing or not as it should be`);
  }
  const { scenario, design, schedule, cursor, selection } = file.output;
  return checkedDocument(name, {
    scenario,
    version: design.version,
    overrides: checkedOverrides(name, Object.entries(design.overrides)),
    schedule: unpackSchedule(schedule),
    cursor,
    selection: parsePick(selection),
  });
}
