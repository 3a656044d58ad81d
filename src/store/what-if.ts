import { create } from 'zustand';
import type { Design } from '../kernel/design.ts';
import type { AuditRow } from '../reports/audit.ts';
import { type AuditCube, rowsAt } from '../reports/audit-cube.ts';
import { type RunningSearch, startSearchWorker } from '../worker/search-client.ts';
import type { Bounds, Outcome } from '../worker/search-protocol.ts';
import { rowsOfOutcome } from './subject-rows.ts';

/** A version with some choices changed, searched in some scenarios. */
export interface WhatIf {
  readonly version: string;
  readonly overrides: Partial<Design>;
  readonly scenarios: readonly string[];
}

export interface WhatIfState {
  readonly status: 'idle' | 'searching' | 'done' | 'stopped' | 'failed';
  readonly asked: WhatIf | null;
  readonly rows: readonly AuditRow[];
  /** Scenarios searched. */
  readonly done: number;
  readonly reason: string;
}

const NOTHING: WhatIfState = { status: 'idle', asked: null, rows: [], done: 0, reason: '' };

export const useWhatIf = create<WhatIfState>(() => NOTHING);

const { getState: get, setState: set } = useWhatIf;

/** One scenario is searched no further than this, and says so: an answer is wanted within seconds. */
const BOUNDS: Bounds = { maxStates: 3e6, maxBytes: 512 << 20 };
const AT_ONCE = 2;

const running = new Set<RunningSearch>();
/** Counts what was asked: answers to an earlier question are not taken. */
let question = 0;

/** Scenarios in the order in which they are searched: those with few states give answers first. */
export function quickestFirst(cube: AuditCube, version: string): readonly string[] {
  const rows = rowsAt(cube, { version });
  const states = (scenario: string): number => rows.find((row) => row.scenario === scenario)?.states ?? 0;
  return [...new Set(rows.map(({ scenario }) => scenario))].sort((a, b) => states(a) - states(b));
}

/** Searches every scenario asked about; what was asked before is given up. */
export async function searchWhatIf(asked: WhatIf): Promise<void> {
  giveUp();
  question += 1;
  const mine = question;
  set({ ...NOTHING, status: 'searching', asked });
  const waiting = [...asked.scenarios];
  const searchNext = async (): Promise<void> => {
    for (
      let scenario = waiting.shift();
      scenario !== undefined && mine === question;
      scenario = waiting.shift()
    )
      take(mine, await searchOne(asked, scenario));
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, searchNext));
    if (mine === question) set({ status: 'done' });
  } catch (error) {
    if (mine !== question) return;
    giveUp();
    set({ status: 'failed', reason: error instanceof Error ? error.message : 'it did not say why' });
  }
}

async function searchOne({ version, overrides }: WhatIf, scenario: string): Promise<Outcome> {
  const search = startSearchWorker({
    subject: { scenario, version, overrides },
    bounds: BOUNDS,
    workers: 1,
    progress: true,
  });
  running.add(search);
  try {
    return await search.outcome;
  } finally {
    running.delete(search);
  }
}

function take(mine: number, outcome: Outcome): void {
  if (mine !== question) return;
  const { rows, done } = get();
  set({ rows: [...rows, ...rowsOfOutcome(outcome)], done: done + 1 });
}

function giveUp(): void {
  question += 1;
  for (const search of running) search.close();
  running.clear();
}

/** Stops searching; the verdicts found so far stay. */
export function stopWhatIf(): void {
  giveUp();
  set({ status: 'stopped' });
}
