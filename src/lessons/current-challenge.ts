import { create } from 'zustand';
import { showDock, showScreen, WORKBENCH } from '../store/screens.ts';
import { open, useWorkbench } from '../store/workbench.ts';
import type { Schedule } from '../worker/protocol.ts';
import { actorName } from '../views/shell/actor-name.ts';
import { startSearchWorker } from '../worker/search-client.ts';
import type { Outcome, Subject } from '../worker/search-protocol.ts';
import type { Challenge } from './challenge.ts';
import { settingInWords } from '../designs/choice-words.ts';
import { noteWon } from './progress.ts';

/** The challenge beside the workbench. */
export interface CurrentChallenge {
  readonly challenge: Challenge | null;
  /** The learner's schedule that broke it; null until then. */
  readonly won: Schedule | null;
  /** A shortest one, once the search has found it. */
  readonly best: Schedule | null;
  /** What a search said last: a hint, a proof; empty when nothing was asked. */
  readonly said: string;
  readonly searching: boolean;
  /** The repair that was tried last, and whether the search found it to hold. */
  readonly repair: { readonly set: string; readonly holds: boolean } | null;
}

const NONE: CurrentChallenge = {
  ...{ challenge: null, won: null, best: null, said: '', searching: false, repair: null },
};
export const useChallenge = create<CurrentChallenge>(() => NONE);
const { getState: get, setState: set } = useChallenge;
const BOUNDS = { maxStates: 5e6, maxBytes: 1e9 };

function scheduleOnScreen(): Schedule {
  const { records, cursor } = useWorkbench.getState();
  return records.slice(0, cursor).map(({ actor, move }) => [actor, move] as const);
}

function isMine({ subject }: Challenge): boolean {
  const source = useWorkbench.getState().opened?.source;
  return JSON.stringify(source) === JSON.stringify({ kind: 'scenario', ...subject });
}

function look(): void {
  const { challenge, won } = get();
  const { records, cursor } = useWorkbench.getState();
  if (challenge === null || won !== null || !isMine(challenge)) return;
  const broke = records.findIndex(({ violations }) =>
    violations.some(({ property }) => property === challenge.breaks),
  );
  if (broke < 0 || broke >= cursor) return;
  set({ won: scheduleOnScreen().slice(0, broke + 1), said: '' });
  noteWon(challenge.id, broke + 1);
  void findBest();
}

useWorkbench.subscribe(look);

/** Opens a challenge at its start. */
export async function openChallenge(challenge: Challenge): Promise<void> {
  set(NONE, true);
  showScreen(WORKBENCH);
  showDock('challenge');
  if (await open({ kind: 'scenario', ...challenge.subject })) set({ ...NONE, challenge }, true);
}

export function leaveChallenge(): void {
  set(NONE, true);
  showDock(null);
}

/** Searches from a moment for one property. Null when the search died; `said` says so. */
async function search(subject: Subject, property: string, from: Schedule): Promise<Outcome | null> {
  set({ searching: true, said: '' });
  try {
    return await startSearchWorker({ subject, bounds: BOUNDS, aim: { from, properties: [property] } })
      .outcome;
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it did not say why';
    set({ said: `The search died: ${why}. Your run is as it was; try again.` });
    return null;
  } finally {
    set({ searching: false });
  }
}

const found = ({ verdicts }: Outcome, property: string): Schedule | null =>
  verdicts.find((verdict) => verdict.property === property)?.schedule ?? null;

async function findBest(): Promise<void> {
  const { challenge } = get();
  if (challenge === null) return;
  const outcome = await search(challenge.subject, challenge.breaks, []);
  if (outcome !== null && get().challenge === challenge) set({ best: found(outcome, challenge.breaks) });
}

/** Says the next step of a shortest way from where the learner stands. */
export async function hint(): Promise<void> {
  const { challenge } = get();
  if (challenge === null || !isMine(challenge)) return;
  const from = scheduleOnScreen();
  const outcome = await search(challenge.subject, challenge.breaks, from);
  if (outcome === null || get().challenge !== challenge) return;
  const way = found(outcome, challenge.breaks);
  const next = way?.[0];
  if (way !== null && next !== undefined)
    set({ said: `Next: ${nameWithKey(next[0])}. From here it takes ${atLeast(way.length)}.` });
  else if (outcome.ending === 'all')
    set({ said: 'From here it cannot be done any more: go back some steps.' });
  else set({ said: 'The search met its bounds before it found a way: go back some steps, or start anew.' });
}

/** An actor as its button names it; the first nine have keys. */
function nameWithKey(actor: number): string {
  const name = actorName(useWorkbench.getState().opened?.actors[actor]);
  return actor < 9 ? `${name}, key ${String(actor + 1)}` : name;
}

/** Opens a shortest schedule, at its start. */
export async function replayBest(): Promise<void> {
  const { challenge, best } = get();
  if (challenge !== null && best !== null)
    await open({ kind: 'scenario', ...challenge.subject }, { schedule: best, cursor: 0 });
}

/** Searches all schedules with one choice changed: a proof that it stops the race, or a run that shows that it does not. */
export async function tryRepair(setting: string): Promise<void> {
  const { challenge } = get();
  if (challenge === null) return;
  const [choice = '', value = ''] = setting.split('=');
  const { subject, breaks } = challenge;
  const changed = { ...subject, overrides: { ...subject.overrides, [choice]: value } };
  const outcome = await search(changed, breaks, []);
  if (outcome === null || get().challenge !== challenge) return;
  const schedule = found(outcome, breaks);
  const { states } = outcome.figures;
  if (schedule !== null)
    set({
      repair: { set: setting, holds: false },
      said: `This does not stop it (${settingInWords(setting)}): ${String(schedule.length)} steps still break it.`,
    });
  else if (outcome.ending === 'all')
    set({
      repair: { set: setting, holds: true },
      said: `This stops it (${settingInWords(setting)}): none of the ${states.toLocaleString('en')} states that any schedule reaches breaks it. This holds for this scenario, with sequentially consistent memory.`,
    });
  else set({ said: `The search met its bounds (${settingInWords(setting)}): nothing is proved.` });
}

function atLeast(steps: number): string {
  return steps === 1 ? 'this one step' : `${String(steps)} steps at least`;
}
