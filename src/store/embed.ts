import {
  type EmbedAnswer,
  type EmbedMessage,
  isMeantForUs,
  parseEmbedMessage,
} from '../formats/embed-messages.ts';
import { openLink } from './moment-link.ts';
import { pause, play } from './play.ts';
import { seek, useWorkbench } from './workbench.ts';

const { getState: get } = useWorkbench;

/** One step on or back, within what is recorded: an embedded run is read, not changed. */
export function stepWithin(by: 1 | -1): Promise<void> {
  return seek(get().cursor + by);
}

/** Plays to the end of what is recorded. */
export async function playWithin(): Promise<void> {
  if (get().cursor === get().length) return;
  const stop = useWorkbench.subscribe(({ cursor, length, playing }) => {
    if (playing && cursor >= length) pause();
  });
  await play();
  stop();
}

function momentNow(): EmbedAnswer {
  const { opened, records, cursor, length } = get();
  const record = records[cursor - 1];
  return {
    limbo: 1,
    kind: 'moment',
    title: opened?.title ?? '',
    version: opened?.source.version ?? '',
    cursor,
    length,
    step: record?.label ?? '',
    violations: (record?.violations ?? []).map(({ property, why }) => ({ property, why })),
  };
}

async function carryOut(message: EmbedMessage): Promise<void> {
  switch (message.do) {
    case 'open':
      return openLink(`#${message.link.replace(/^#/, '')}`);
    case 'seek':
      return seek(message.cursor);
    case 'step':
      return stepWithin(message.by);
    case 'play':
      void playWithin();
      return;
    case 'pause':
      pause();
      return;
    case 'tell':
  }
}

/**
 * Listens to the page around, of whatever origin: it can look at runs, and learns nothing but the run that it asked for.
 * It hears of each moment from its first message on. Gives a function that stops it.
 */
export function listenToParent(): () => void {
  let hears: ((answer: EmbedAnswer) => void) | null = null;
  const heard = ({ data, source, origin }: MessageEvent<unknown>): void => {
    if (source !== parentWindow() || !isMeantForUs(data)) return;
    const answer = (said: EmbedAnswer): void => parentWindow().postMessage(said, targetOf(origin));
    hears = answer;
    const message = parseEmbedMessage(data);
    if (message === null) {
      const text = 'That message is not understood: see the README for those that are. Nothing was changed.';
      answer({ limbo: 1, kind: 'refused', message: text });
      return;
    }
    void carryOut(message).then(() => {
      const { notice } = get();
      if (notice?.tone === 'error') answer({ limbo: 1, kind: 'refused', message: notice.text });
      answer(momentNow());
    });
  };
  const forget = useWorkbench.subscribe((state, before) => {
    if (state.scene !== before.scene) hears?.(momentNow());
  });
  addEventListener('message', heard);
  if (parentWindow() !== window)
    parentWindow().postMessage({ limbo: 1, kind: 'ready' } satisfies EmbedAnswer, '*');
  return () => {
    forget();
    removeEventListener('message', heard);
  };
}

const parentWindow = (): Window => window.parent;

/** Pages without an origin of their own (sandboxed, from a file) can only be reached by everybody’s address. */
const targetOf = (origin: string): string => (origin === 'null' ? '*' : origin);
