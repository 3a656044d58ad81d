import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSharedSpace } from '../explorer/shared-space.ts';
import type { SearchCommand } from './search-protocol.ts';
import { searchTogether } from './search-team.ts';

const bounds = { maxStates: 1000, maxBytes: 1e8 };

/** A worker of a page that makes the shared memory, and is then at work until it is told to die. */
class BusyWorker extends EventTarget {
  static readonly all: BusyWorker[] = [];
  isTerminated = false;
  isAtWork = false;

  constructor() {
    super();
    BusyWorker.all.push(this);
  }

  postMessage(command: SearchCommand): void {
    this.isAtWork = command.do === 'join';
    if (command.do !== 'lead') return;
    const data = { kind: 'space', space: createSharedSpace(3, 4, bounds), properties: [] };
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

const begin = () =>
  searchTogether(
    {
      source: { kind: 'source', text: '', reduce: false },
      subject: { scenario: 'two-dirty', version: 'repaired', overrides: {} },
      bounds,
      onProgress: () => undefined,
    },
    3,
  );

describe('a search of the page in several workers', () => {
  beforeEach(() => {
    vi.stubGlobal('Worker', BusyWorker);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    BusyWorker.all.length = 0;
  });

  it.each([0, 1, 2])(
    'ends with the reason in words when worker %i dies, and no other goes on',
    async (index) => {
      const { outcome } = begin();
      const failed = expect(outcome).rejects.toThrow('out of memory');
      await vi.waitFor(() => expect(BusyWorker.all.filter(({ isAtWork }) => isAtWork)).toHaveLength(3));
      BusyWorker.all[index]?.die('out of memory');
      await failed;
      expect(BusyWorker.all.every(({ isTerminated }) => isTerminated)).toBe(true);
    },
  );
});
