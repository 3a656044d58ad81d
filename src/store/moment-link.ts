import { versionOf } from '../designs/versions.ts';
import { FileError } from '../formats/file-error.ts';
import { linkText, parseLink } from '../formats/link.ts';
import { refused } from '../formats/refusals.ts';
import type { RunDocument } from '../formats/run-document.ts';
import { CUSTOM_ID, resolveScenario, type ScenarioDocument } from '../formats/scenario-document.ts';
import { readScenarioFile } from '../formats/scenario-file.ts';
import { readRunFile, runFileText } from '../formats/run-file.ts';
import { movesOfTokens, scheduleTokens } from '../reports/verdicts.ts';
import { buildModel } from '../scenarios/build.ts';
import type { Schedule, Source } from '../worker/protocol.ts';
import { saveText } from './downloads.ts';
import { open, select, useWorkbench } from './workbench.ts';

const { getState: get, setState: set } = useWorkbench;

/** The run on screen as a document; null for the tables of a real process, which do not leave this machine. */
export function documentOnScreen(): RunDocument | null {
  const { opened, records, cursor, selection } = get();
  if (opened?.source.kind !== 'scenario') return null;
  const { scenario, version, overrides } = opened.source;
  return {
    scenario,
    version,
    overrides,
    schedule: scheduleTokens(opened.actors, records),
    cursor,
    selection,
  };
}

/** An address that leads to what is on screen; null where nothing may be shared. */
export function addressOnScreen(): string | null {
  const link = linkOnScreen();
  return link === null ? null : `${location.href.replace(/#.*$/, '')}#${link}`;
}

/** Puts the moment into the page's address, and the address on the clipboard. */
export async function copyLink(): Promise<void> {
  const address = addressOnScreen();
  if (address !== null) await copyAddress(address);
}

/** Puts on the clipboard what shows the moment, to be read and not changed, inside another page. */
export async function copyFrame(): Promise<void> {
  const address = addressOnScreen();
  if (address === null) return;
  const { origin, pathname } = location;
  const source = `${origin}${pathname}?embed${address.slice(address.indexOf('#'))}`.replaceAll('&', '&amp;');
  try {
    await navigator.clipboard.writeText(
      `<iframe src="${source}" title="Limbo" width="960" height="600"></iframe>`,
    );
    tell('An iframe that shows this moment was copied: put it into the text of another page.');
  } catch {
    tell('The clipboard cannot be used here. README.md says how a moment is shown inside another page.');
  }
}

/** Makes an address the page's own, and puts it on the clipboard; says whether that could be done. */
export async function copyAddress(address: string): Promise<void> {
  history.replaceState(null, '', address);
  try {
    await navigator.clipboard.writeText(address);
    tell('The link to this moment was copied. The page’s address leads here, too.');
  } catch {
    tell(
      'The clipboard cannot be used here. The page’s address leads to this moment now: copy it from there.',
    );
  }
}

function tell(text: string): void {
  set({ notice: { tone: 'info', text, reopen: false } });
}

/** Saves the run on screen as a file. */
export function saveRun(): void {
  const document = documentOnScreen();
  if (document === null) return;
  const name = typeof document.scenario === 'string' ? document.scenario : CUSTOM_ID;
  saveText(`${name}-${document.version}.limbo-run.json`, runFileText(document));
}

export async function openLink(text: string): Promise<void> {
  await orSayWhyNot(async () => {
    const document = parseLink(text);
    if (document !== null) await openDocument('This link', document);
  });
}

/** Opens what a reload took from the screen; says nothing where that cannot be: nobody asked for it. */
export async function openNote(link: string): Promise<void> {
  await openLink(link);
  if (get().opened === null) set({ notice: null });
}

/** What is on screen, as a link says it; null for the tables of a real process. */
export function linkOnScreen(): string | null {
  const document = documentOnScreen();
  return document === null ? null : linkText(document);
}

export async function openRunText(name: string, text: string): Promise<void> {
  await orSayWhyNot(() => openDocument(name, readRunFile(parseJson(name, text), name)));
}

/** Reads a scenario file and hands the scenario on; what is wrong with it becomes a notice. */
export async function openScenarioText(
  name: string,
  text: string,
  take: (scenario: ScenarioDocument) => void | Promise<void>,
): Promise<void> {
  await orSayWhyNot(async () => {
    await take(readScenarioFile(parseJson(name, text), name));
  });
}

/** Opens a scenario file in the workbench, as its author meant it to be opened. */
export function openScenarioFile(name: string, text: string): Promise<void> {
  return openScenarioText(name, text, async (scenario) => {
    await open({ kind: 'scenario', scenario, ...scenario.opensWith });
  });
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused(name, 'is damaged: it is not whole JSON');
  }
}

async function orSayWhyNot(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    set({ notice: { tone: 'error', text: error.message, reopen: false } });
  }
}

/** Opens a checked document. A schedule that is not possible is refused by the worker, which keeps what was open. */
async function openDocument(where: string, document: RunDocument): Promise<void> {
  const { cursor, selection } = document;
  const { source, schedule } = runOfDocument(where, document);
  if (await open(source, { schedule, cursor })) select(selection);
}

/** The run of a file, not opened. Throws a FileError that says what is wrong with it. */
export function runInText(name: string, text: string): DocumentRun {
  return runOfDocument(name, readRunFile(parseJson(name, text), name));
}

/** What a document is about: where its run starts from, and its steps by number. */
export interface DocumentRun {
  readonly source: Extract<Source, { readonly kind: 'scenario' }>;
  readonly schedule: Schedule;
}

/** The run of a checked document. Throws a FileError where it is about a scenario, version or actor that is not known. */
function runOfDocument(where: string, document: RunDocument): DocumentRun {
  const { scenario, version, overrides, schedule } = document;
  const [base, world] = [versionOf(version)?.design, resolveScenario(scenario)];
  if (base === undefined || world === null) throw refused(where, 'is about what there is not here');
  const { actors } = buildModel(world, { ...base, ...overrides });
  const strange = schedule.find((token) => !actors.some(({ id }) => id === token.split(':')[0]));
  if (strange !== undefined)
    throw refused(where, `moves "${strange}", and nobody is called so in this scenario`);
  const moves = movesOfTokens(actors, schedule).map(({ actor, move }) => [actor, move] as const);
  return { source: { kind: 'scenario', scenario, version, overrides }, schedule: moves };
}
