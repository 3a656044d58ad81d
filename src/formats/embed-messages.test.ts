import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMeantForUs, parseEmbedMessage } from './embed-messages.ts';

describe('a message to an embedded run', () => {
  it.each([
    { limbo: 1, do: 'open', link: 'v=2&scenario=tree&design=2008-05-09' },
    { limbo: 1, do: 'seek', cursor: 3 },
    { limbo: 1, do: 'step', by: -1 },
    { limbo: 1, do: 'play' },
    { limbo: 1, do: 'pause' },
    { limbo: 1, do: 'tell' },
  ])('%j is understood', (message) => {
    expect(parseEmbedMessage(message)).toEqual(message);
  });

  it.each([
    { limbo: 2, do: 'play' },
    { limbo: 1, do: 'seek', cursor: -1 },
    { limbo: 1, do: 'seek', cursor: '3' },
    { limbo: 1, do: 'step', by: 2 },
    { limbo: 1, do: 'run' },
  ])('%j is for us, and refused', (message) => {
    expect(parseEmbedMessage(message)).toBeNull();
    expect(isMeantForUs(message)).toBe(true);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        parseEmbedMessage(data);
        isMeantForUs(data);
      }),
    );
  });
});
