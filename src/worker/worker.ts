import { createHandler, handle } from './handler.ts';
import type { AnswerMessage, CancelMessage, RequestMessage } from './protocol.ts';

const handler = createHandler();
/** Requests are carried out one after the other; a cancel overtakes them. */
let queue = Promise.resolve();

/** Nobody keeps what an answer is made of: its megabytes are handed over, not copied. */
function post(message: AnswerMessage): void {
  postMessage(message, { transfer: buffersOf(message.answer) });
}

function buffersOf(answer: AnswerMessage['answer']): ArrayBuffer[] {
  const moment = answer.kind === 'opened' ? answer.moment : answer;
  if (moment.kind !== 'moment') return [];
  const arrays = [moment.words, moment.written.values].filter((words) => words !== null);
  return arrays.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

addEventListener('message', ({ data }: MessageEvent<RequestMessage | CancelMessage>) => {
  if ('cancel' in data) {
    handler.cancelled.add(data.cancel);
    return;
  }
  const { id, request } = data;
  const report = (answer: AnswerMessage['answer']): void => {
    post({ id, answer });
  };
  queue = queue.then(async () => {
    post({ id, answer: await handle(handler, request, { id, report, pause }) });
  });
  // A defect in the core: let it reach the page as the worker's error event.
  queue.catch((error: unknown) =>
    setTimeout(() => {
      throw error;
    }, 0),
  );
});
