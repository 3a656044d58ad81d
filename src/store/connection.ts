import { type Client, createClient, startWorker, WorkerDied } from '../worker/client.ts';
import type { Answer, Request } from '../worker/protocol.ts';
import { useWorkbench } from './state.ts';

const { setState: set } = useWorkbench;

let client: Client | null = null;
/** A run is open in the worker of now. */
let hasRun = false;
let deathText = '';
let cancelling: AbortController | null = null;
/** Requests go one after the other: each is asked when the one before is answered. */
let queue: Promise<unknown> = Promise.resolve();
let queued = 0;
/** Counts the workers started: what one worker was told, the next does not know. */
let generation = 0;

/** Which worker answers now; a new number after each death. */
export function workerGeneration(): number {
  return generation;
}

/** Cancels the long request under way, if there is one: what was done so far is its answer. */
export function cancel(): void {
  cancelling?.abort();
}

/** Runs a task, which may ask several times, when those before it are done. */
export async function inTurn<T>(task: () => Promise<T>): Promise<T> {
  queued += 1;
  set({ busy: true });
  const turn = queue.then(task);
  queue = turn.catch(() => undefined);
  try {
    return await turn;
  } finally {
    queued -= 1;
    if (queued === 0) set({ busy: false, progress: null });
  }
}

/** Asks the worker; only within a turn. Null when it is dead (a notice says so); a refusal becomes a notice. */
export async function ask(request: Request): Promise<Answer | null> {
  const starts = request.do === 'open' || request.do === 'load';
  if (!starts && !hasRun && deathText !== '') {
    tellDeath();
    return null;
  }
  cancelling = new AbortController();
  const { signal } = cancelling;
  try {
    const onProgress = (progress: { kind: 'progress'; done: number; total: number }) => set({ progress });
    const answer = await connected().ask(request, { onProgress, signal });
    if (answer.kind === 'opened') hasRun = true;
    if (answer.kind === 'refused')
      set({ notice: { tone: 'error', text: answer.message, reopen: false }, playing: false });
    return answer;
  } catch (error) {
    if (error instanceof WorkerDied) return null;
    throw error;
  }
}

function connected(): Client {
  client ??= createClient(startWorker(), died);
  return client;
}

function died(reason: string): void {
  client = null;
  hasRun = false;
  generation += 1;
  const { opened } = useWorkbench.getState();
  deathText =
    opened === null
      ? `The simulation did not start: ${sentence(reason)} Nothing was lost; try again, or reload the page.`
      : `The simulation stopped working: ${sentence(reason)} What was on screen is kept; reopen the run to go on.`;
  tellDeath();
}

function tellDeath(): void {
  set({ playing: false, progress: null, notice: { tone: 'error', text: deathText, reopen: true } });
}

/** The reason with one full stop; browsers give no text at all when a worker's script cannot be fetched. */
function sentence(reason: unknown): string {
  const text = typeof reason === 'string' && reason !== '' ? reason : 'its program could not be loaded';
  return text.endsWith('.') ? text : `${text}.`;
}
