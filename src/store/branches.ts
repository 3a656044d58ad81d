import type { BranchSeed, BranchView } from '../worker/branch-messages.ts';
import type { StepRecord } from '../worker/moment-messages.ts';
import type { Schedule } from '../worker/protocol.ts';
import type { WorkbenchState } from './state.ts';

type Run = Pick<WorkbenchState, 'branches' | 'branch' | 'records'>;

/** From the first branch to the one shown, each the parent of the next. */
export function shownPath({ branches, branch }: Pick<Run, 'branches' | 'branch'>): readonly BranchView[] {
  const path: BranchView[] = [];
  for (let id = branch; id >= 0;) {
    const found = branches.find((b) => b.id === id);
    if (found === undefined) break;
    path.unshift(found);
    id = found.parent;
  }
  return path;
}

/** Everything that a new worker needs to make the run and its branches again. */
export function seedsOf(run: Run): {
  readonly schedule: Schedule;
  readonly branches: readonly BranchSeed[];
  readonly shown: number;
} {
  const path = shownPath(run);
  const number = new Map(run.branches.map(({ id }, i) => [id, i]));
  const branches = run.branches.map((branch): BranchSeed => {
    const { name, parent, from } = branch;
    const at = path.indexOf(branch);
    const inRun = at < 0 ? [] : run.records.slice(from, path[at + 1]?.from);
    return {
      name,
      parent: number.get(parent) ?? -1,
      from,
      schedule: [...movesOf(inRun), ...pairs(branch.kept)],
    };
  });
  return { schedule: branches[0]?.schedule ?? [], branches, shown: number.get(run.branch) ?? 0 };
}

function movesOf(records: readonly StepRecord[]): Schedule {
  return records.map(({ actor, move }) => [actor, move] as const);
}

function pairs(flat: Int32Array): Schedule {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0] as const);
}
