import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileError } from './file-error.ts';
import { LONGEST_SCHEDULE, packSchedule, unpackSchedule } from './schedule-text.ts';

const actor = fc.oneof(
  fc.constant('rcu'),
  fc.tuple(fc.constantFrom('cpu', 'ipi', 'spec'), fc.nat(7)).map(([kind, n]) => `${kind}${String(n)}`),
);
const token = fc.tuple(actor, fc.nat(31)).map(([id, move]) => (move === 0 ? id : `${id}:${String(move)}`));
const stretch = fc
  .tuple(token, fc.integer({ min: 1, max: 40 }))
  .map(([t, n]) => new Array<string>(n).fill(t));
const schedule = fc.array(stretch, { maxLength: 300 }).map((stretches) => stretches.flat());

describe('a schedule as text', () => {
  it('comes back as it was, long or short', () => {
    fc.assert(
      fc.property(schedule, (tokens) => {
        const packed = packSchedule(tokens);
        expect(packed).toMatch(/^[-\w.~]*$/);
        expect(unpackSchedule(packed)).toEqual(tokens);
      }),
    );
  });

  it('is short for a stretch, and deflated when it is long', () => {
    expect(packSchedule(['cpu0', 'cpu0', 'cpu1', 'ipi0:1', 'rcu'])).toBe('5-2abi.1z');
    const long = Array.from({ length: 10_000 }, (_, i) => (i % 3 === 0 ? 'cpu0' : 'cpu1'));
    expect(packSchedule(long).length).toBeLessThan(100);
  });

  it.each(
    [
      ['', 'a', '1-y', '1-3', '1-a.', '2-a b', '1-~', '1-~!!', '1-~AAAA', '2-a', '1-a.w'],
      [`${String(LONGEST_SCHEDULE + 1)}-${String(LONGEST_SCHEDULE + 1)}a`],
    ].flat(),
  )('is refused in words when it makes no sense: %s', (text) => {
    expect(() => unpackSchedule(text)).toThrow(FileError);
  });

  it('is refused when its end is missing, wherever it was cut', () => {
    const long = packSchedule(Array.from({ length: 900 }, (_, i) => (i % 7 === i % 3 ? 'cpu0' : 'rcu')));
    for (const packed of ['12-3a3b6c', long])
      for (let end = 0; end < packed.length; end++)
        expect(() => unpackSchedule(packed.slice(0, end)), packed.slice(0, end)).toThrow(FileError);
  });

  it('is refused when a few bytes stand for too much', () => {
    const bomb = packSchedule(Array.from({ length: 3_000_000 }, (_, i) => (i % 2 === 0 ? 'cpu0' : 'cpu1')));
    expect(bomb.length).toBeLessThan(20_000);
    expect(() => unpackSchedule(bomb)).toThrow(/cannot be read/);
  });

  it('never throws anything but a FileError, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, deflated) => {
        try {
          unpackSchedule(deflated ? `1-~${text}` : `1-${text}`);
        } catch (error) {
          expect(error).toBeInstanceOf(FileError);
        }
      }),
    );
  });
});
