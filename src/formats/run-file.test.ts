import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import { FileError } from './file-error.ts';
import type { RunDocument } from './run-document.ts';
import { documentOfScenario } from './scenario-from.ts';
import { isRunFormat, readRunFile, runFileText } from './run-file.ts';

const run: RunDocument = {
  scenario: 'two-dirty',
  version: '2008-05-09',
  overrides: { adFreeMerge: 'every-entry' },
  schedule: ['cpu0', 'cpu0', 'cpu1', 'ipi0:1', 'ipi0'],
  cursor: 3,
  selection: { kind: 'entry', frame: 2, index: 1 },
};

/** A file as the first version wrote it. Later versions must go on reading it. */
const STORED_1 = `{"format":"limbo-run","version":1,"scenario":"two-dirty","design":{"version":"2008-05-09",
"overrides":{"adFreeMerge":"every-entry"}},"schedule":"5-2abi.1i","cursor":3,"selection":"entry.2.1"}`;

describe('a run file', () => {
  it('comes back as it was', () => {
    const value: unknown = JSON.parse(runFileText(run));
    expect(isRunFormat(value)).toBe(true);
    expect(readRunFile(value, 'run.json')).toEqual(run);
  });

  it('of version 1 is read as it was meant', () => {
    expect(readRunFile(JSON.parse(STORED_1), 'run.json')).toEqual(run);
  });

  it('keeps a scenario of one’s own in full', () => {
    const document = documentOfScenario(at(SCENARIOS, 0));
    if (document === null) throw new Error('the first scenario has no document');
    const own = { ...run, scenario: { ...document, title: 'My own' } };
    expect(readRunFile(JSON.parse(runFileText(own)), 'run.json')).toEqual(own);
  });

  it.each([
    [{ version: 99 }, /newer version/],
    [{ version: 'one' }, /does not say which form/],
    [{ version: 2, scenario: { custom: {} } }, /The scenario in run.json does not say/],
    [{ schedule: 7 }, /damaged: schedule/],
    [{ design: { version: 'repaired', overrides: { order: 'chaos' } } }, /none of its values/],
    [{ design: 'repaired' }, /damaged: design/],
    [{ scenario: 'nowhere' }, /scenario "nowhere"/],
    [{ cursor: 6 }, /step 6 of 5/],
    [{ cursor: 0.5 }, /points at step/],
  ])('is refused in words with %j', (part, message) => {
    const value = { ...(JSON.parse(STORED_1) as object), ...part };
    expect(() => readRunFile(value, 'run.json')).toThrow(FileError);
    expect(() => readRunFile(value, 'run.json')).toThrow(message);
  });

  it('never throws anything but a FileError, whatever a part is replaced by', () => {
    const good = JSON.parse(STORED_1) as Record<string, unknown>;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(good)), fc.jsonValue(), (key, value) => {
        try {
          readRunFile({ ...good, [key]: value }, 'run.json');
        } catch (error) {
          expect(error).toBeInstanceOf(FileError);
        }
      }),
    );
  });
});
