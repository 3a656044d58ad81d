import { create } from 'zustand';
import { type RunningAnalysis, startAnalysis } from '../worker/analysis-client.ts';
import type { Analysis, Turn } from '../worker/analysis.ts';
import type { Schedule } from '../worker/protocol.ts';
import type { Subject } from '../worker/search-protocol.ts';
import { seedsOf } from './branches.ts';
import { leaveDialog } from './dialogs.ts';
import { showDock, showScreen, WORKBENCH } from './screens.ts';
import { type EndlessRun, isEndless, useEndless } from './endless.ts';
import { isOfSubject } from './followed.ts';
import { withOtherWay, withSchedule } from './other-way.ts';
import { open, type OpenOptions, useWorkbench } from './workbench.ts';

/** The companion that stands beside a counterexample. */
export const COUNTEREXAMPLE_DOCK = 'counterexample';

/** A schedule that breaks a property of a subject. */
export interface Counterexample {
  readonly subject: Subject;
  readonly property: string;
  readonly schedule: Schedule;
  /** Where it goes on for ever: the step, from 0, from which it repeats itself. */
  readonly cycleStart?: number | undefined;
}

export interface CounterexampleState {
  /** The one that was opened last. */
  readonly shown: Counterexample | null;
  /** Why it breaks what it breaks; null while that is being found out, or where it was not. */
  readonly analysis: Analysis | null;
  readonly status: 'idle' | 'analysing' | 'ready' | 'failed';
  /** Why there is no analysis; empty unless it failed. */
  readonly reason: string;
}

const NOTHING: CounterexampleState = { shown: null, analysis: null, status: 'idle', reason: '' };

export const useCounterexample = create<CounterexampleState>(() => NOTHING);

const { setState: set } = useCounterexample;

let running: RunningAnalysis | null = null;

/** Opens a counterexample at its start, with what matters in it beside: as a branch of the run on screen, where that is of the same subject. */
export async function openCounterexample(shown: Counterexample): Promise<void> {
  const source = { kind: 'scenario', ...shown.subject } as const;
  if (!(await open(source, { ...besideOwnSteps(shown), cursor: 0 }))) return;
  leaveDialog();
  showScreen(WORKBENCH);
  showDock(COUNTEREXAMPLE_DOCK);
  useEndless.setState({ shown: isEndless(shown) ? shown : null });
  // No single step breaks progress, so there is none to explain.
  if (isEndless(shown)) showWithout(shown);
  else await analyse(shown, 'explain');
}

/** Looks for what matters in the first `steps` steps of the run on screen, the last of which broke a property. The run stays as it is. */
export async function explainOwnRun(property: string, steps: number): Promise<void> {
  const { opened, records } = useWorkbench.getState();
  if (opened?.source.kind !== 'scenario') return;
  const { scenario, version, overrides } = opened.source;
  const schedule = records.slice(0, steps).map(({ actor, move }) => [actor, move] as const);
  showDock(COUNTEREXAMPLE_DOCK);
  useEndless.setState({ shown: null });
  await analyse({ subject: { scenario, version, overrides }, property, schedule }, 'explain');
}

/** The counterexample alone, or as a branch beside what was stepped by hand: nothing of that is lost. */
function besideOwnSteps({ subject, schedule }: Counterexample): OpenOptions {
  const run = useWorkbench.getState();
  if (run.records.length === 0 || !isOfSubject(subject, run.opened?.source)) return { schedule };
  const { branches, shown } = withSchedule(seedsOf(run).branches, schedule, 'counterexample');
  return { schedule: branches[0]?.schedule ?? [], branches, shown };
}

/** Takes the other way at a turn, to be stepped through: a branch of the counterexample, at the moment where it leaves it. */
export async function letGoOn(
  { subject, schedule }: Counterexample,
  { before, instead }: Turn,
  name: string,
): Promise<void> {
  const source = { kind: 'scenario', ...subject } as const;
  const run = useWorkbench.getState();
  const seeds = isOfSubject(subject, run.opened?.source) ? seedsOf(run).branches : [];
  const from = before.index + 1;
  const { branches, shown } = withOtherWay(seeds, { schedule, from, instead, name });
  await open(source, { schedule: branches[0]?.schedule ?? [], branches, shown, cursor: from });
}

function showWithout(shown: Counterexample): void {
  running?.close();
  set({ ...NOTHING, shown });
}

/** Goes round once more: the run that is shown with what it repeats at its end again, from there. */
export async function goRoundAgain(shown: EndlessRun): Promise<void> {
  const { schedule, cycleStart, subject } = shown;
  const records = useWorkbench.getState().records.length;
  const cycle = schedule.slice(cycleStart);
  const rounds = 1 + Math.max(1, Math.floor((records - cycleStart) / cycle.length));
  const longer = [...schedule.slice(0, cycleStart), ...Array.from({ length: rounds }, () => cycle).flat()];
  const source = { kind: 'scenario', ...subject } as const;
  await open(source, { schedule: longer, cursor: cycleStart + (rounds - 1) * cycle.length });
}

/** Leaves out of the schedule that was opened last what it can do without, and opens the rest. */
export async function shortenCounterexample(): Promise<void> {
  const { shown } = useCounterexample.getState();
  if (shown === null) return;
  const analysis = await analyse(shown, 'minimise');
  if (analysis === null || analysis.schedule.length === shown.schedule.length) return;
  await openCounterexample({ ...shown, schedule: analysis.schedule });
}

async function analyse(shown: Counterexample, ask: 'explain' | 'minimise'): Promise<Analysis | null> {
  running?.close();
  set({ shown, analysis: null, status: 'analysing', reason: '' });
  const mine = startAnalysis({ ask, ...shown });
  running = mine;
  try {
    const analysis = await mine.analysis;
    const reason = analysis === null ? 'the schedule does not break the property' : '';
    set({ analysis, status: analysis === null ? 'failed' : 'ready', reason });
    return analysis;
  } catch (error) {
    set({ status: 'failed', reason: error instanceof Error ? error.message : 'it did not say why' });
    return null;
  }
}

/** Puts the companion away. */
export function closeCounterexample(): void {
  running?.close();
  set(NOTHING);
  useEndless.setState({ shown: null });
  showDock(null);
}
