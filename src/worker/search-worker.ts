import type { MakeEngine } from '../explorer/engine.ts';
import { progressLoop } from './progress-loop.ts';
import { makeSpace, searchInSpace } from './search-join.ts';
import { fewestLoop } from './fewest-loop.ts';
import type { Control, Pace } from './in-slices.ts';
import { engineTextOf, searchLoop } from './search-loop.ts';
import type { SearchAnswer, SearchCommand } from './search-protocol.ts';

/**
 * Two parts, one after the other. Started as itself it writes a program: this module, and the engine of one model.
 * Started from a blob with that program, where the page's policy lets code run that was made here, it searches.
 */
declare global {
  // Set by the program that the first part writes; there is no other way to hand a function to a worker's module.
  var limboEngine: MakeEngine | undefined;
}

const control: Control = { paused: false, stopped: false };

function post(message: SearchAnswer): void {
  postMessage(message);
}

/** Lets messages in at once: a timer would be held back to 4 ms. */
const channel = new MessageChannel();
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    if (control.paused && !control.stopped) {
      setTimeout(resolve, 30);
      return;
    }
    channel.port1.onmessage = () => {
      resolve();
    };
    channel.port2.postMessage(null);
  });

function engine(): MakeEngine {
  const make = globalThis.limboEngine;
  if (make === undefined) throw new Error('this worker was started without an engine');
  return make;
}

/** What stands around a loop here: the engine, the clock, and the page. */
function pace(): Pace & { readonly make: MakeEngine } {
  return { make: engine(), control, report: post, pause, now: () => performance.now() };
}

async function carryOut(command: SearchCommand): Promise<void> {
  switch (command.do) {
    case 'write':
      post({
        kind: 'source',
        reduce: command.reduce,
        text: `import ${JSON.stringify(import.meta.url)};globalThis.limboEngine=${engineTextOf(command.subject, command.reduce)};`,
      });
      return;
    case 'start':
      post(await searchLoop({ ...command, ...pace() }));
      return;
    case 'judge':
      post(await progressLoop({ ...command, ...pace() }));
      return;
    case 'fewest':
      post(await fewestLoop({ ...command, ...pace() }));
      return;
    case 'lead':
      post(makeSpace(command, command.bounds, command.workers));
      return;
    case 'join':
      post(searchInSpace(command, engine()));
      return;
    case 'pause':
    case 'resume':
      control.paused = command.do === 'pause';
      return;
    case 'stop':
      control.stopped = true;
  }
}

addEventListener('message', ({ data }: MessageEvent<SearchCommand>) => {
  // What goes wrong reaches the page as the worker's error event.
  carryOut(data).catch((error: unknown) =>
    setTimeout(() => {
      throw error;
    }, 0),
  );
});
