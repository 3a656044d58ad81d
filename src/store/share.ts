import { takeTabNote } from './tab-note.ts';
import { FIRST_SOURCE, open, useWorkbench } from './workbench.ts';

/** What reads and writes moments; fetched when the first is shared or opened. */
const moments = () => import('./moment-link.ts');

/**
 * Opens the moment that the address is about; when it is about none, what a reload of this tab took from the screen; the first scenario when
 * neither can be opened.
 */
export async function openAddress(): Promise<void> {
  const isOurs = location.hash.includes('scenario=');
  if (isOurs) await (await moments()).openLink(location.hash);
  const note = isOurs ? null : takeTabNote();
  if (note !== null) await (await moments()).openNote(note);
  const { opened, notice } = useWorkbench.getState();
  if (opened !== null) return;
  await open(FIRST_SOURCE);
  // Why the address was refused is still to be read.
  if (notice !== null) useWorkbench.setState({ notice });
}

/** Opens what a changed address is about. Gives a function that stops it. */
export function watchAddress(): () => void {
  const changed = (): void => {
    if (location.hash.includes('scenario=')) void openAddress();
  };
  addEventListener('hashchange', changed);
  return () => {
    removeEventListener('hashchange', changed);
  };
}

/** Opens a file that holds a run or a scenario. False when it holds something else. */
export async function openRun(file: File): Promise<boolean> {
  const start = await file.slice(0, 200).text();
  const isScenario = start.includes('"limbo-scenario"');
  if (!isScenario && !start.includes('"limbo-run"')) return false;
  const { openRunText, openScenarioFile } = await moments();
  await (isScenario ? openScenarioFile : openRunText)(file.name, await file.text());
  return true;
}
