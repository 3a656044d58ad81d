import { FileError } from '../formats/file-error.ts';
import type { ProcessImage } from '../formats/process-image.ts';
import { seek } from '../explorer/run.ts';
import { deleteBranch, nameBranch, switchTo } from './branches.ts';
import { historyOf } from './history.ts';
import { momentOf, openedOf } from './moment.ts';
import { actorRan, advanced, alongLine, runOn, sought, stepped } from './moves.ts';
import type { Answer, OpenRequest, Progress, Request } from './protocol.ts';
import { programsOf } from './programs.ts';
import { openSession } from './opening.ts';
import type { Session } from './session.ts';
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
      // Fetched with the first file: the first run does not wait for what reads them.
      const { openFile } = await import('../formats/open-file.ts');
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
    case 'advance':
      return advanced(current(handler), request);
    case 'run':
      return runOn(current(handler), request, {
        ...yielding,
        isCancelled: () => handler.cancelled.has(yielding.id),
      });
    case 'line':
      return alongLine(current(handler), request);
    case 'run-actor':
      return actorRan(current(handler), request);
    case 'history':
      return { kind: 'history', changes: historyOf(current(handler), request.object) };
    case 'cost': {
      // For those who ask what a run cost.
      const { costOf } = await import('./run-cost.ts');
      return { kind: 'cost', cost: costOf(current(handler)) };
    }
    case 'schedule':
      return {
        kind: 'schedule',
        schedule: current(handler).run.moves.map(({ actor, move }) => [actor, move] as const),
      };
    case 'programs':
      return {
        kind: 'programs',
        programs: programsOf(resolveSource(request.source, handler.image)),
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
  const resolved = resolveSource(request.source, handler.image);
  const { image } = handler;
  const file = request.source.kind === 'file' && image !== null ? summaryOfFile(image) : null;
  const { session, notes } = openSession({ ...resolved, source: request.source, file }, request);
  handler.session = session;
  return openedOf(session, notes);
}
