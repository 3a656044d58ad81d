import * as v from 'valibot';
import { shapeLevels } from '../scenarios/small-world.ts';
import { packText, unpackText, unreadable } from './packed-text.ts';
import { refused } from './refusals.ts';
import { checkedOverrides } from './run-document.ts';
import { problemsOf } from './scenario-check.ts';
import type { ScenarioDocument } from './scenario-document.ts';
import { isOfFormat, newestVersion, upgraded, type Versions } from './upgrade.ts';

/** Scenario files; raise the version by adding an upgrader from the one before. */
export const SCENARIO_VERSIONS: Versions = { format: 'limbo-scenario', upgraders: [] };

const whole = v.pipe(v.number(), v.integer());
const wholes = v.array(whole);
const levelName = v.picklist(shapeLevels('five').map(({ name }) => name));
const process = { name: v.string(), cpus: wholes };

const Action = v.variant('do', [
  v.strictObject({ do: v.literal('access'), va: whole, write: v.boolean() }),
  v.strictObject({ do: v.literal('relocate-mm'), from: whole, to: whole }),
  v.strictObject({
    do: v.literal('relocate'),
    to: whole,
    tables: v.array(v.strictObject({ level: levelName, va: whole })),
  }),
  v.strictObject({ do: v.literal('reclaim'), va: whole, pageOf: v.exactOptional(whole) }),
  v.strictObject({ do: v.literal('migrate-collect'), va: whole }),
  v.strictObject({ do: v.literal('madvise'), va: whole }),
  v.strictObject({ do: v.literal('mremap'), from: whole, to: whole }),
  v.strictObject({ do: v.literal('munmap'), vas: wholes }),
  v.strictObject({ do: v.literal('fork'), vas: wholes }),
  v.strictObject({ do: v.literal('kernel-thread') }),
]);

const Page = v.strictObject({ present: v.boolean(), writable: v.boolean(), dirty: v.boolean(), node: whole });

const Scenario = v.strictObject({
  title: v.string(),
  about: v.string(),
  geometry: v.picklist(['two', 'three', 'pae', 'four', 'five']),
  nodes: v.array(v.strictObject({ freeTables: whole })),
  cpus: v.array(v.strictObject({ node: whole })),
  process: v.strictObject(process),
  second: v.nullable(
    v.strictObject({
      ...process,
      maps: v.union([v.picklist(['nothing', 'pages']), v.strictObject({ sharedFrom: levelName })]),
    }),
  ),
  vmas: v.array(v.strictObject({ mapping: v.picklist(['shared', 'private']), pages: v.array(Page) })),
  threads: v.array(
    v.strictObject({ cpu: whole, name: v.string(), process: whole, actions: v.array(Action) }),
  ),
  splitLocks: v.boolean(),
  allocationSleeps: v.boolean(),
  speculation: v.nullable(v.strictObject({ cpu: whole, walks: whole })),
  opensWith: v.strictObject({ version: v.string(), overrides: v.record(v.string(), v.string()) }),
});

/** A scenario as a file: JSON that people can read and change. Ends with a new line. */
export function scenarioFileText(document: ScenarioDocument): string {
  const head = { format: SCENARIO_VERSIONS.format, version: newestVersion(SCENARIO_VERSIONS) };
  return `${JSON.stringify({ ...head, ...document }, null, 2)}\n`;
}

/** True for what says of itself that it is a scenario, whether it can be read or not. */
export function isScenarioFormat(value: unknown): boolean {
  return isOfFormat(value, SCENARIO_VERSIONS);
}

/** The scenario in a file's JSON, checked. `name` is the file's, for messages. Throws a FileError. */
export function readScenarioFile(value: unknown, name: string): ScenarioDocument {
  const { format: _format, version: _version, ...rest } = upgraded(value, name, SCENARIO_VERSIONS);
  const parsed = v.safeParse(Scenario, rest);
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]) ?? 'a part';
    throw refused(name, `is damaged: ${path} is missing or not as it should be`);
  }
  const { opensWith } = parsed.output;
  const overrides = checkedOverrides(name, Object.entries(opensWith.overrides));
  const document = { ...parsed.output, opensWith: { version: opensWith.version, overrides } };
  const [problem] = problemsOf(document);
  if (problem !== undefined)
    throw refused(name, `cannot be run (${problem.path}: ${problem.words.replace(/\.$/, '')})`);
  return document;
}

const MOST_BYTES = 100_000;
const WHAT = 'The scenario in this link';

/** A scenario as short text for links. */
export function packScenario(document: ScenarioDocument): string {
  return packText(scenarioFileText(document).replaceAll(/\n\s*/g, ''));
}

/** The scenario of such a text. Throws a FileError. */
export function unpackScenario(packed: string): ScenarioDocument {
  const text = unpackText(packed, MOST_BYTES, WHAT);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable(WHAT);
  }
  return readScenarioFile(value, WHAT);
}
