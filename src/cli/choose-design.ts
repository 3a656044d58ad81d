import { readFileSync } from 'node:fs';
import { CHOICES } from '../designs/choices.ts';
import { VERSIONS, versionOf } from '../designs/versions.ts';
import { FileError } from '../formats/file-error.ts';
import { scenarioOfDocument } from '../formats/scenario-document.ts';
import { readScenarioFile } from '../formats/scenario-file.ts';
import type { Choice, Design } from '../kernel/design.ts';
import { SCENARIOS, scenarioOf } from '../scenarios/scenarios.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { UsageError } from './say.ts';

/** The scenario of that id, or in that file (`NAME.json`). Throws UsageError with the ids that there are. */
export function chooseScenario(id: string): Scenario {
  const scenario = scenarioOf(id);
  if (scenario !== null) return scenario;
  if (id.endsWith('.json')) return scenarioInFile(id);
  throw new UsageError(
    `There is no scenario "${id}". There are: ${SCENARIOS.map((s) => s.id).join(', ')}; or give a file, NAME.json.`,
  );
}

function scenarioInFile(path: string): Scenario {
  try {
    return scenarioOfDocument(readScenarioFile(JSON.parse(readFileSync(path, 'utf8')), path));
  } catch (error) {
    if (error instanceof FileError) throw new UsageError(error.message);
    const why = error instanceof SyntaxError ? 'it is not whole JSON' : 'it cannot be read';
    throw new UsageError(`${path} is no scenario: ${why}.`);
  }
}

export interface ChosenDesign {
  readonly version: string;
  readonly overrides: Partial<Design>;
  readonly design: Design;
}

/** A version with `choice=value` settings over it. Throws UsageError on what does not exist. */
export function chooseDesign(version: string, settings: readonly string[]): ChosenDesign {
  const base = versionOf(version);
  if (base === null)
    throw new UsageError(
      `There is no design "${version}". There are: ${VERSIONS.map((v) => v.id).join(', ')}.`,
    );
  const overrides = Object.fromEntries(settings.map(readSetting)) as Partial<Design>;
  return { version, overrides, design: { ...base.design, ...overrides } };
}

function isChoice(name: string): name is Choice {
  return Object.hasOwn(CHOICES, name);
}

function readSetting(setting: string): readonly [Choice, string] {
  const [name = '', value = '', ...rest] = setting.split('=');
  if (rest.length > 0 || value === '') throw new UsageError(`--set takes choice=value, not "${setting}".`);
  if (!isChoice(name))
    throw new UsageError(`There is no choice "${name}". There are: ${Object.keys(CHOICES).join(', ')}.`);
  const values = Object.keys(CHOICES[name].values);
  if (!values.includes(value))
    throw new UsageError(`${name} is one of ${values.join(', ')}; not "${value}".`);
  return [name, value];
}
