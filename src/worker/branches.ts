import { seek, type Move } from '../explorer/run.ts';
import { addTail, cutTail, type Tail } from '../explorer/tail.ts';
import type { Place } from './places.ts';
import type { StepRecord } from './moment-messages.ts';
import type { Session } from './session.ts';

/** Steps of a branch that are not in the run now, and what was said about them. */
export interface Kept {
  readonly tail: Tail;
  readonly records: readonly StepRecord[];
  readonly places: readonly Place[];
}

/** A future of a run: the steps before `from` are its parent's, the others its own. */
export interface Branch {
  readonly id: number;
  name: string;
  /** -1 for the first branch, which has no parent. */
  readonly parent: number;
  readonly from: number;
  /** Its own steps that are not in the run now, one after the other up to its end. */
  kept: readonly Kept[];
}

/** All futures of a run. The run holds the steps of `current`, those of its parents before it included. */
export interface BranchTree {
  branches: readonly Branch[];
  current: number;
  nextId: number;
  /** Counts the changes of which branches there are, and which is in the run. */
  version: number;
}

export function createBranches(): BranchTree {
  const branch = { id: 0, name: 'main', parent: -1, from: 0, kept: [] };
  return { branches: [branch], current: 0, nextId: 1, version: 0 };
}

/** The branch of that id. Throws when there is none. */
export function branchOf({ branches }: BranchTree, id: number): Branch {
  const found = branches.find((branch) => branch.id === id);
  if (found === undefined) throw new Error(`no branch ${String(id)}`);
  return found;
}

/** From the first branch to the one of that id, each the parent of the next. */
export function pathTo(tree: BranchTree, id: number): readonly Branch[] {
  const branch = branchOf(tree, id);
  return branch.parent < 0 ? [branch] : [...pathTo(tree, branch.parent), branch];
}

/** Takes the steps from `index` on out of the run; each branch keeps its own. The branch that ends there is current. */
function cutTo(session: Session, index: number): void {
  const { run, tree, records, places, shown } = session;
  if (run.cursor > index) seek(run, index);
  for (let end = run.moves.length; end > index; end = run.moves.length) {
    const owner = branchOf(tree, tree.current);
    const from = Math.max(index, owner.from);
    const kept = {
      tail: cutTail(run, from),
      records: records.splice(from),
      places: places.filter(({ since }) => since > from),
    };
    places.splice(0, places.length, ...places.filter(({ since }) => since <= from));
    owner.kept = [kept, ...owner.kept];
    if (owner.from >= index && owner.parent >= 0) tree.current = owner.parent;
  }
  shown.records = Math.min(shown.records, index);
}

/** Puts back what the current branch keeps. */
function restore({ run, tree, records, places }: Session): void {
  const owner = branchOf(tree, tree.current);
  for (const kept of owner.kept) {
    addTail(run, kept.tail);
    for (const record of kept.records) records.push(record);
    places.push(...kept.places);
  }
  owner.kept = [];
}

/** Makes another branch the current one. The cursor stays where both have the same steps, else it stands where they part. */
export function switchTo(session: Session, id: number): void {
  const { tree, run } = session;
  if (id === tree.current) return;
  const target = pathTo(tree, id);
  const now = pathTo(tree, tree.current);
  const shared = target.filter((branch, i) => branch === now[i]).length;
  const partings = [target[shared], now[shared]].flatMap((branch) =>
    branch === undefined ? [] : [branch.from],
  );
  cutTo(session, Math.min(run.moves.length, ...partings));
  restore(session);
  for (const branch of target.slice(shared)) {
    cutTo(session, branch.from);
    tree.current = branch.id;
    restore(session);
  }
  tree.version += 1;
}

/**
 * Makes room for a move at the cursor that is not the recorded one: what was recorded from there on is kept as it is, and
 * a new branch begins. Where some branch goes on with that very move, it is made current instead: true then.
 */
export function forkFor(session: Session, move: Move): boolean {
  const { run, tree } = session;
  const from = run.cursor;
  cutTo(session, from);
  const parent = branchOf(tree, tree.current);
  const known = tree.branches.find(
    (branch) =>
      (branch === parent || (branch.parent === parent.id && branch.from === from)) &&
      startsWith(branch, move),
  );
  if (known !== undefined) {
    if (known === parent) restore(session);
    else switchTo(session, known.id);
    tree.version += 1;
    return true;
  }
  if (parent.kept.length > 0)
    addBranch(tree, { name: `branch ${String(tree.nextId)}`, parent: parent.id, from });
  return false;
}

function startsWith({ kept }: Branch, { actor, move }: Move): boolean {
  const first = kept[0]?.tail.moves[0];
  return first?.actor === actor && first.move === move;
}

function addBranch(tree: BranchTree, branch: Pick<Branch, 'name' | 'parent' | 'from'>): void {
  const id = tree.nextId;
  tree.branches = [...tree.branches, { ...branch, id, kept: [] }];
  tree.current = id;
  tree.nextId = id + 1;
  tree.version += 1;
}

/** Gives a branch another name. */
export function nameBranch({ tree }: Session, id: number, name: string): void {
  branchOf(tree, id).name = name;
  tree.version += 1;
}

/** Forgets a branch and those that fork from it. When it is in the run, its parent is made current. Throws for the first. */
export function deleteBranch(session: Session, id: number): void {
  const { tree } = session;
  const { parent } = branchOf(tree, id);
  if (parent < 0) throw new Error('the first branch stays');
  if (pathTo(tree, tree.current).some((branch) => branch.id === id)) switchTo(session, parent);
  const gone = new Set([id]);
  for (const branch of tree.branches) if (gone.has(branch.parent)) gone.add(branch.id);
  tree.branches = tree.branches.filter((branch) => !gone.has(branch.id));
  tree.version += 1;
}
