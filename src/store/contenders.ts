import { create } from 'zustand';
import { designName } from '../designs/design-name.ts';
import { VERSIONS } from '../designs/versions.ts';
import { FileError } from '../formats/file-error.ts';
import type { AuditRow } from '../reports/audit.ts';
import { markOf } from '../reports/audit-cube.ts';
import type { Schedule, Source } from '../worker/protocol.ts';
import { fetchAudit, useAudit } from './audit.ts';
import { seedsOf, shownPath } from './branches.ts';
import { compare, useCompare } from './compare.ts';
import { type Contender } from './compare-side.ts';
import { fileOnScreen } from './files.ts';
import { addressOnScreen, copyAddress, runInText } from './moment-link.ts';
import { scheduleOfRow } from './subject-rows.ts';
import { open, useWorkbench, type WorkbenchState } from './workbench.ts';

/** With what the run on the workbench is compared: `design:ID`, `branch:NUMBER` or `file`. */
export interface ContenderState {
  readonly chosen: string;
  /** The run file that was chosen last; null before. */
  readonly file: Contender | null;
  /** Whether CPUs answer the IPIs that a step waits for; null: as is usual for what is compared. */
  readonly answers: boolean | null;
}

const REPAIRED = 'design:repaired';

export const useContenders = create<ContenderState>(() => ({
  ...{ chosen: REPAIRED, file: null, answers: null },
}));

const { getState: get, setState: set } = useContenders;

/** What the comparison on screen was made of. */
let compared: { readonly chosen: string; readonly records: unknown } | null = null;

/**
 * Whether CPUs answer IPIs at once where a step waits for them. Usual for a real process: its schedule comes from a seed, and
 * has no answers at the places where another design waits for some. In a scenario the time of an answer is what it is about.
 */
export function answersIpis(answers: boolean | null, source: Source | undefined): boolean {
  return answers ?? source?.kind === 'file';
}

/** Chooses whether CPUs answer, and compares so where something is compared. */
export async function setAnswers(answers: boolean): Promise<void> {
  set({ answers });
  const { sides, index } = useCompare.getState();
  if (sides !== null) await compareWith(get().chosen, index);
}

/** Compares the run on the workbench with what is chosen, from step `index` on. */
export async function compareWith(chosen: string, index = 0): Promise<void> {
  set({ chosen });
  const state = useWorkbench.getState();
  const left = shownRun(state);
  if (left === null) return;
  const right = contenderOf(chosen, state, left);
  if (right === null) return;
  compared = { chosen, records: state.records };
  const impossible = answersIpis(get().answers, left.source) ? 'answer' : 'leave-out';
  await compare([left, right], { index, impossible });
}

/** What an address asks for: `with`, `answers`. */
type Asked = Readonly<Partial<Record<'with' | 'answers', string | undefined>>>;

/** Compares at once where there are steps to compare, unless just that is on screen. */
export async function compareOnArrival(asked: Asked, index: number): Promise<void> {
  const { records, opened } = useWorkbench.getState();
  const chosen = asked.with ?? get().chosen;
  set({ chosen, ...(asked.answers === undefined ? {} : { answers: asked.answers === 'on' }) });
  if (opened === null || records.length === 0) return;
  const isShown = compared?.chosen === chosen && compared.records === records;
  if (isShown && useCompare.getState().problem === '') return;
  await compareWith(chosen, index);
}

/** Reads a run file and compares with it; what is wrong with it is said in its place. */
export async function compareWithFile(file: File): Promise<void> {
  try {
    const run = runInText(file.name, await file.text());
    set({ file: { title: file.name, ...run, file: null } });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    useCompare.setState({ problem: error.message });
    return;
  }
  await compareWith('file');
}

/** Whether the comparison chosen can be told in a link: the same steps of a scenario in another design. */
export function hasLink(chosen: string, source: Source | undefined): boolean {
  return source?.kind === 'scenario' && chosen.startsWith('design:');
}

/** Copies an address that leads to this moment of this comparison. */
export async function copyComparison(): Promise<void> {
  const address = addressOnScreen();
  if (address === null) return;
  const { chosen, answers } = get();
  const set = answers === null ? '' : `&answers=${answers ? 'on' : 'off'}`;
  const screen = `#screen=compare&with=${chosen}${set}&step=${String(useCompare.getState().index)}&`;
  await copyAddress(address.replace('#', screen));
}

/**
 * Opens a run that breaks a property, as the audit found it, and compares it: of the design and scenario on the workbench
 * where there is one, else a shortest one. False when there is no audit.
 */
export async function compareFailingRun(): Promise<boolean> {
  await fetchAudit();
  const rows = useAudit.getState().cube?.file.rows ?? [];
  const source = useWorkbench.getState().opened?.source;
  const here = (row: AuditRow): number =>
    Number(source?.kind === 'scenario' && row.scenario === source.scenario && row.version === source.version);
  const [row] = rows
    .filter((r) => markOf(r) === 'fails' && r.schedule !== undefined && r.cycleStart === undefined)
    .sort((a, b) => here(b) - here(a) || (a.steps ?? 0) - (b.steps ?? 0));
  if (row === undefined) return false;
  const subject = { scenario: row.scenario, version: row.version, overrides: {} };
  const schedule = scheduleOfRow(row, subject);
  if (await open({ kind: 'scenario', ...subject }, { schedule, cursor: schedule.length }))
    await compareOnArrival({}, 0);
  return true;
}

function shownRun(state: WorkbenchState): Contender | null {
  const { opened, records, branches, branch } = state;
  if (opened === null) return null;
  const { source } = opened;
  const name = branches.length > 1 ? branches.find(({ id }) => id === branch)?.name : undefined;
  return {
    title: name === undefined ? designName(source) : `${name} (${designName(source)})`,
    source,
    schedule: records.map(({ actor, move }) => [actor, move] as const),
    file: source.kind === 'file' ? fileOnScreen() : null,
  };
}

/** What was chosen, as a run; null where it is not there any more. */
function contenderOf(chosen: string, state: WorkbenchState, left: Contender): Contender | null {
  const [kind = '', id = ''] = chosen.split(':');
  if (kind === 'file') return get().file;
  if (kind === 'branch') return branchContender(state, left, Number(id));
  if (!VERSIONS.some((version) => version.id === id)) return null;
  return { ...left, title: id, source: { ...left.source, version: id, overrides: {} } };
}

function branchContender(state: WorkbenchState, left: Contender, id: number): Contender | null {
  const branch = state.branches.find((b) => b.id === id);
  if (branch === undefined) return null;
  const title = `${branch.name} (${designName(left.source)})`;
  return { ...left, title, schedule: scheduleOf(state, id) };
}

/** All steps of a branch, those of its parents included. */
function scheduleOf(state: WorkbenchState, id: number): Schedule {
  const { branches: seeds } = seedsOf(state);
  const path = shownPath({ branches: state.branches, branch: id });
  return path.flatMap((branch, i) => {
    const own = seeds[state.branches.indexOf(branch)]?.schedule ?? [];
    const next = path[i + 1]?.from;
    return next === undefined ? own : own.slice(0, next - branch.from);
  });
}
