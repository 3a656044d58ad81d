import { FileError } from '../formats/file-error.ts';
import { openFile } from '../formats/open-file.ts';
import type { ProcessImage } from '../formats/process-image.ts';
import { isEnabled } from '../explorer/model.ts';
import { seek } from '../explorer/run.ts';
import { deleteBranch, nameBranch, switchTo } from './branches.ts';
import { historyOf } from './history.ts';
import { momentOf, openedOf } from './moment.ts';
import type { Answer, BranchSeed, OpenRequest, Progress, Request, Schedule } from './protocol.ts';
import { advance, createSession, runActor, type Session, take } from './session.ts';
import { Refusal, resolveSource, summaryOfFile } from './source.ts';

/** What one worker (or one Node caller) holds between requests. */
export interface Handler {
  session: Session | null;
  image: ProcessImage | null;
  /** Requests that were asked to stop. */
  readonly cancelled: Set<number>;
}

/** How a long request stays answerable: reports, then lets messages in. */
export interface Yielding {
  readonly id: number;
  readonly report: (progress: Progress) => void;
  readonly pause: () => Promise<void>;
}

export function createHandler(): Handler {
  return { session: null, image: null, cancelled: new Set() };
}

/** Carries out one request. What cannot be done is refused in words, and the run stays as it was. */
export async function handle(handler: Handler, request: Request, yielding: Yielding): Promise<Answer> {
  try {
    return await answer(handler, request, yielding);
  } catch (error) {
    if (error instanceof FileError || error instanceof Refusal)
      return { kind: 'refused', message: error.message };
    throw error;
  } finally {
    handler.cancelled.delete(yielding.id);
  }
}

async function answer(handler: Handler, request: Request, yielding: Yielding): Promise<Answer> {
  switch (request.do) {
    case 'load': {
      const image = openFile(new Uint8Array(request.bytes), request.name);
      const summary = summaryOfFile(image);
      handler.image = image;
      return summary;
    }
    case 'open':
      return open(handler, request);
    case 'step':
      return stepped(current(handler), request.actor, request.move);
    case 'seek':
      return sought(current(handler), request.cursor);
    case 'advance': {
      const session = current(handler);
      for (let i = 0; i < request.steps; i++) if (!advance(session, request.seed)) break;
      return momentOf(session);
    }
    case 'run':
      return runOn(handler, request, yielding);
    case 'run-actor': {
      const session = current(handler);
      runActor(session, request.actor, request.steps);
      return momentOf(session);
    }
    case 'history':
      return { kind: 'history', changes: historyOf(current(handler), request.object) };
    case 'schedule':
      return {
        kind: 'schedule',
        schedule: current(handler).run.moves.map(({ actor, move }) => [actor, move] as const),
      };
    case 'switch-branch':
    case 'name-branch':
    case 'delete-branch':
      return changeBranches(current(handler), request);
  }
}

type BranchRequest = Extract<Request, { readonly branch: number }>;

function changeBranches(session: Session, request: BranchRequest): Answer {
  const { run, tree } = session;
  const branch = tree.branches.find(({ id }) => id === request.branch);
  if (branch === undefined) throw new Refusal('There is no such branch any more. Nothing was changed.');
  if (request.do === 'name-branch') nameBranch(session, branch.id, request.name);
  else if (request.do === 'switch-branch') {
    switchTo(session, branch.id);
    seek(run, Math.max(0, Math.min(run.moves.length, request.cursor)));
  } else if (branch.parent < 0)
    throw new Refusal(`${branch.name} is the first branch: it stays. Nothing was changed.`);
  else deleteBranch(session, branch.id);
  return momentOf(session);
}

function current({ session }: Handler): Session {
  if (session === null) throw new Refusal('Nothing is open yet: choose a scenario or open a file.');
  return session;
}

function open(handler: Handler, request: OpenRequest): Answer {
  const { source, schedule, cursor, branches = [], shown = 0 } = request;
  const resolved = resolveSource(source, handler.image);
  const file = source.kind === 'file' && handler.image !== null ? summaryOfFile(handler.image) : null;
  const session = createSession({ ...resolved, source, file });
  replay(session, schedule);
  if (branches.length > 0) openBranches(session, branches, shown);
  const { run } = session;
  seek(run, Number.isInteger(cursor) ? Math.min(Math.max(0, cursor), run.moves.length) : 0);
  handler.session = session;
  return openedOf(session);
}

/** Takes the steps of a schedule from the cursor on. Refuses one that is not possible. */
function replay(session: Session, schedule: Schedule): void {
  for (const [i, [actor, move]] of schedule.entries()) {
    if (!possible(session, actor, move))
      throw new Refusal(
        `Step ${String(i + 1)} of this schedule is not possible here. The run on screen was kept.`,
      );
    take(session, { actor, move });
  }
}

/** Makes the branches of a run again; their ids are their numbers in the list. */
function openBranches(session: Session, [first, ...others]: readonly BranchSeed[], shown: number): void {
  const { tree, run } = session;
  if (first !== undefined) nameBranch(session, 0, first.name);
  for (const { name, parent, from, schedule } of others) {
    switchTo(session, parent);
    seek(run, from);
    replay(session, schedule);
    nameBranch(session, tree.current, name);
  }
  switchTo(session, shown);
}

/** True when there is such an actor, and it can make that move now. */
function possible({ run, built }: Session, actor: number, move: number): boolean {
  return built.actors[actor] !== undefined && isEnabled(run.model, run.machine, actor, move);
}

function stepped(session: Session, actor: number, move: number): Answer {
  const { built } = session;
  if (!possible(session, actor, move))
    throw new Refusal(`${built.actors[actor]?.id ?? 'That actor'} cannot move now. Nothing was changed.`);
  take(session, { actor, move });
  return momentOf(session);
}

function sought(session: Session, cursor: number): Answer {
  if (!Number.isInteger(cursor) || cursor < 0 || cursor > session.run.moves.length)
    throw new Refusal(`This run has no moment ${String(cursor)}. Nothing was changed.`);
  seek(session.run, cursor);
  return momentOf(session);
}

/** Steps between two looks at messages: some milliseconds of work. */
const SLICE = 500;

async function runOn(
  handler: Handler,
  { seed, steps }: Extract<Request, { do: 'run' }>,
  yielding: Yielding,
): Promise<Answer> {
  const session = current(handler);
  for (let done = 0; done < steps && !handler.cancelled.has(yielding.id); done++) {
    if (!advance(session, seed)) break;
    if ((done + 1) % SLICE !== 0) continue;
    yielding.report({ kind: 'progress', done: done + 1, total: steps });
    await yielding.pause();
  }
  return momentOf(session);
}
