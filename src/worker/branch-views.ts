import { breaksAnew } from './breaking.ts';
import type { Branch } from './branches.ts';
import type { BranchView } from './branch-messages.ts';
import type { Session } from './session.ts';

/** More violations than this are not marked on a branch that is not shown. */
const MOST_BAD = 20;

/** All branches as the page draws them. */
export function branchViews(session: Session): readonly BranchView[] {
  return session.tree.branches.map((branch) => {
    const { id, name, parent, from, kept } = branch;
    const last = kept.at(-1);
    const length = last === undefined ? session.run.moves.length : last.tail.from + last.tail.moves.length;
    return { id, name, parent, from, length, bad: badSteps(branch), kept: flatMoves(branch) };
  });
}

function badSteps({ kept }: Branch): readonly number[] {
  const bad: number[] = [];
  for (const { records } of kept)
    for (let i = 0; i < records.length && bad.length < MOST_BAD; i++) {
      const index = records[i]?.index;
      if (index !== undefined && breaksAnew(records, i)) bad.push(index);
    }
  return bad;
}

function flatMoves({ kept }: Branch): Int32Array {
  const moves = kept.flatMap(({ tail }) => tail.moves);
  const flat = new Int32Array(2 * moves.length);
  moves.forEach(({ actor, move }, i) => {
    flat.set([actor, move], 2 * i);
  });
  return flat;
}
