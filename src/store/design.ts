import { create } from 'zustand';
import type { ProgramText } from '../worker/programs.ts';
import type { Source } from '../worker/protocol.ts';
import { seedsOf } from './branches.ts';
import { ask, inTurn } from './connection.ts';
import { sameWorld } from './same-world.ts';
import { open, type OpenOptions, useWorkbench } from './workbench.ts';

const { getState: get, setState: set } = useWorkbench;

/** A run that was left for another design. */
interface Former {
  readonly source: Source;
  readonly options: OpenOptions;
}

/** The runs that were left for another design, the latest last. */
export const useFormer = create<{ readonly former: readonly Former[] }>(() => ({ former: [] }));

/** The run that an undo brings back to what is on screen; undefined for none. */
export function formerOf(former: readonly Former[], source: Source | undefined): Former | undefined {
  const last = former.at(-1);
  return last !== undefined && source !== undefined && sameWorld(last.source, source) ? last : undefined;
}

/** Opens what is on screen in another design, and remembers the run that is left. */
export async function changeDesign(source: Source): Promise<void> {
  const { opened, cursor } = get();
  if (opened === null) return;
  const left = { source: opened.source, options: { ...seedsOf(get()), cursor } };
  if (!(await open(source))) return;
  const { former } = useFormer.getState();
  useFormer.setState({ former: [...former.filter((run) => sameWorld(run.source, source)), left] });
  const text =
    'The design was changed, and the run begins anew. U brings back the former design and its run.';
  set({ notice: { tone: 'info', text, reopen: false } });
}

/** Brings back the design before, with its run, its branches and the moment that was shown. */
export async function undoDesign(): Promise<void> {
  const { former } = useFormer.getState();
  const last = formerOf(former, get().opened?.source);
  if (last === undefined) {
    set({ notice: { tone: 'info', text: 'No change of the design to take back.', reopen: false } });
    return;
  }
  if (await open(last.source, last.options)) useFormer.setState({ former: former.slice(0, -1) });
}

/** What everybody would run in that design, as pseudo-code; null when it cannot be had. */
export function programsIn(source: Source): Promise<readonly ProgramText[] | null> {
  return inTurn(async () => {
    const answer = await ask({ do: 'programs', source });
    return answer?.kind === 'programs' ? answer.programs : null;
  });
}
