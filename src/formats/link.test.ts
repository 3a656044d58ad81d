import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHOICES } from '../designs/choices.ts';
import { VERSIONS } from '../designs/versions.ts';
import type { Design } from '../kernel/design.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import { FileError } from './file-error.ts';
import { linkText, parseLink } from './link.ts';
import type { Pick } from './pick.ts';
import { problemsOf } from './scenario-check.ts';
import { likelyDocuments } from './testing/documents.ts';
import type { RunDocument } from './run-document.ts';

const settings = fc
  .uniqueArray(fc.constantFrom(...Object.keys(CHOICES)), { maxLength: 5 })
  .chain((choices) =>
    fc.tuple(
      ...choices.map((choice) => {
        const values = Object.keys((CHOICES as Record<string, { values: object }>)[choice]?.values ?? {});
        return fc.constantFrom(...values).map((value) => [choice, value] as const);
      }),
    ),
  )
  .map((pairs) => Object.fromEntries(pairs) as Partial<Design>);
const pick: fc.Arbitrary<Pick | null> = fc.oneof(
  fc.constant(null),
  fc.nat(1e6).map((frame) => ({ kind: 'frame' as const, frame })),
  fc.tuple(fc.nat(1e6), fc.nat(511)).map(([frame, index]) => ({ kind: 'entry' as const, frame, index })),
  fc.nat(9).map((va) => ({ kind: 'va' as const, va })),
  fc.nat(9).map((actor) => ({ kind: 'actor' as const, actor })),
  fc.nat(3).map((cpu) => ({ kind: 'cpu' as const, cpu })),
);
const documents: fc.Arbitrary<RunDocument> = fc
  .record({
    scenario: fc.oneof(
      fc.constantFrom(...SCENARIOS.map(({ id }) => id)),
      likelyDocuments.filter((document) => problemsOf(document).length === 0),
    ),
    version: fc.constantFrom(...VERSIONS.map(({ id }) => id)),
    overrides: settings,
    schedule: fc.array(fc.constantFrom('cpu0', 'cpu1', 'ipi0:1', 'rcu', 'spec0:1'), { maxLength: 400 }),
    selection: pick,
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ cut, ...rest }) => ({ ...rest, cursor: Math.floor(cut * rest.schedule.length) }));

describe('a link', () => {
  it('leads to the same moment again', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const text = linkText(document);
        expect(text).toMatch(/^[\w=&:,.~-]*$/);
        expect(parseLink(`#${text}`)).toEqual(document);
      }),
    );
  });

  it('reads as it is written down, in a form that must not change', () => {
    const text =
      'v=1&scenario=tree&design=2008-05-09&set=nodeTest:pointee&run=31-27a3bi.1&at=12&pick=frame.17';
    expect(parseLink(text)).toEqual({
      scenario: 'tree',
      version: '2008-05-09',
      overrides: { nodeTest: 'pointee' },
      schedule: [...new Array<string>(27).fill('cpu0'), 'cpu1', 'cpu1', 'cpu1', 'ipi0:1'],
      cursor: 12,
      selection: { kind: 'frame', frame: 17 },
    });
  });

  it.each([
    ['v=3&scenario=tree&design=2008-05-09', /newer version/],
    ['v=0&scenario=tree&design=2008-05-09', /form/],
    ['v=2&scenario=custom&design=2008-05-09', /scenario "custom"/],
    ['v=2&scenario=custom&world=A-_&design=2008-05-09', /The scenario in this link cannot be read/],
    ['v=x&scenario=tree', /form/],
    ['v=1&scenario=trees&design=2008-05-09', /scenario "trees"/],
    ['v=1&scenario=tree&design=1999', /design "1999"/],
    ['v=1&scenario=tree&design=repaired&set=colour:red', /no design has such a choice/],
    ['v=1&scenario=tree&design=repaired&set=order:chaos', /none of its values/],
    ['v=1&scenario=tree&design=repaired&set=constructor:x', /no design has such a choice/],
    ['v=1&scenario=tree&design=repaired&run=2-3a', /cannot be read/],
    ['v=1&scenario=tree&design=repaired&run=3-3a&at=4', /step 4 of 3/],
    ['v=1&scenario=tree&design=repaired&run=3-3a&at=-1', /points at step "-1"/],
    ['v=2&scenario=tree', /names no design/],
    ['v=1&scenario=%E0%A4%A&design=repaired', /lost some/],
  ])('%s is refused in words', (text, message) => {
    expect(() => parseLink(text)).toThrow(FileError);
    expect(() => parseLink(text)).toThrow(message);
  });

  it('is nothing to us when it is somebody else’s', () => {
    for (const text of ['', '#', '#top', '#v=1', '#scenario=tree']) expect(parseLink(text)).toBeNull();
  });

  it('never throws anything but a FileError', () => {
    const noise = fc.tuple(fc.string(), documents, fc.nat(200)).map(([text, document, at]) => {
      const good = linkText(document);
      return good.slice(0, at) + text + good.slice(at);
    });
    fc.assert(
      fc.property(noise, (text) => {
        try {
          parseLink(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FileError);
        }
      }),
    );
  });
});
