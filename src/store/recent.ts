import { createStore, del, entries, set as put } from 'idb-keyval';
import { create } from 'zustand';
import { runFileText } from '../formats/run-file.ts';
import { documentOnScreen, linkOnScreen, openRunText } from './moment-link.ts';
import { noteTab } from './tab-note.ts';
import { useWorkbench } from './workbench.ts';

/** A run that was looked at in this browser, as its file says it; it is upgraded as files are. */
export interface RecentRun {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly steps: number;
  /** Milliseconds since 1970. */
  readonly savedMs: number;
  /** A run file. */
  readonly text: string;
}

export interface RecentState {
  /** The latest first; null until they were read. */
  readonly runs: readonly RecentRun[] | null;
  /** Why runs cannot be kept or read here; empty when they can. */
  readonly trouble: string;
}

const MOST = 30;
/** A run is kept when nothing moved for so long: not after each of its steps. */
const QUIET_MS = 1500;

export const useRecent = create<RecentState>(() => ({ runs: null, trouble: '' }));

const { setState: set } = useRecent;

/** Made when it is first needed: where storage is switched off, even asking for it throws. */
let made: ReturnType<typeof createStore> | null = null;
const runs = (): ReturnType<typeof createStore> => (made ??= createStore('limbo-runs', 'runs'));

async function orTell(task: () => Promise<void>): Promise<void> {
  try {
    await task();
    set({ trouble: '' });
  } catch (error) {
    const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
    const why = isFull
      ? 'The storage of this browser is full, so this run was not kept. Delete some, or save the run as a file.'
      : 'This browser keeps nothing here (storage is switched off or private). The run on screen is not touched; save it as a file to keep it.';
    set({ trouble: why });
  }
}

async function readAll(): Promise<readonly RecentRun[]> {
  const all = await entries<string, RecentRun>(runs());
  return all.map(([, run]) => run).toSorted((a, b) => b.savedMs - a.savedMs);
}

/** Reads what is kept. */
export function readRecent(): Promise<void> {
  return orTell(async () => {
    set({ runs: await readAll() });
  });
}

/** Keeps the run on screen under an id; the oldest ones go when there are too many. */
function keep(id: string): Promise<void> {
  return orTell(async () => {
    const document = documentOnScreen();
    const title = useWorkbench.getState().opened?.title ?? '';
    if (document === null || document.schedule.length === 0) return;
    const { version, schedule } = document;
    const text = runFileText(document);
    await put(id, { id, title, version, steps: schedule.length, savedMs: Date.now(), text }, runs());
    const all = await readAll();
    for (const old of all.slice(MOST)) await del(old.id, runs());
    set({ runs: all.slice(0, MOST) });
  });
}

export function deleteRecent(id: string): Promise<void> {
  return orTell(async () => {
    await del(id, runs());
    set({ runs: await readAll() });
  });
}

export function deleteAllRecent(): Promise<void> {
  return orTell(async () => {
    for (const { id } of await readAll()) await del(id, runs());
    set({ runs: [] });
  });
}

export function openRecent({ title, text }: RecentRun): Promise<void> {
  return openRunText(`The kept run “${title}”`, text);
}

/** Keeps each run that is stepped in, whenever it rests, and notes the one on screen for a reload. Gives a function that stops it. */
export function watchRuns(): () => void {
  let timer = 0;
  let id = crypto.randomUUID();
  const forget = useWorkbench.subscribe((state, before) => {
    if (state.opened !== before.opened) id = crypto.randomUUID();
    if (state.records === before.records && state.cursor === before.cursor) return;
    clearTimeout(timer);
    const mine = id;
    timer = window.setTimeout(() => {
      if (mine === id) void keep(mine);
    }, QUIET_MS);
  });
  const leave = (): void => noteTab(linkOnScreen());
  addEventListener('pagehide', leave);
  return () => {
    forget();
    removeEventListener('pagehide', leave);
    clearTimeout(timer);
  };
}
