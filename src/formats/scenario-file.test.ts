import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import { FileError } from './file-error.ts';
import { problemsOf } from './scenario-check.ts';
import { documentOfScenario } from './scenario-from.ts';
import {
  isScenarioFormat,
  packScenario,
  readScenarioFile,
  scenarioFileText,
  unpackScenario,
} from './scenario-file.ts';
import { documents } from './testing/documents.ts';

/** A file as the first version wrote it. Later versions must go on reading it. */
const STORED_1 = `{"format":"limbo-scenario","version":1,"title":"Mine","about":"A writer and a relocator.",
"geometry":"three","nodes":[{"freeTables":0},{"freeTables":2}],"cpus":[{"node":0},{"node":1}],
"process":{"name":"mm","cpus":[0]},"second":null,
"vmas":[{"mapping":"shared","pages":[{"present":true,"writable":true,"dirty":false,"node":0}]}],
"threads":[{"cpu":0,"name":"user","process":0,"actions":[{"do":"access","va":0,"write":true}]},
{"cpu":1,"name":"relocate","process":0,"actions":[{"do":"relocate","to":1,"tables":[{"level":"PMD","va":0}]}]}],
"splitLocks":true,"allocationSleeps":false,"speculation":null,"opensWith":{"version":"2008-05-09","overrides":{}}}`;

const refusal = (value: unknown): string => {
  try {
    readScenarioFile(value, 'mine.json');
  } catch (error) {
    expect(error).toBeInstanceOf(FileError);
    return error instanceof Error ? error.message : '';
  }
  return '';
};

describe('a scenario file', () => {
  it.each(SCENARIOS.filter((one) => documentOfScenario(one) !== null))(
    'of $id comes back as it was, and as a link',
    (scenario) => {
      const document = documentOfScenario(scenario);
      if (document === null) throw new Error('no document');
      const value: unknown = JSON.parse(scenarioFileText(document));
      expect(isScenarioFormat(value)).toBe(true);
      expect(readScenarioFile(value, 'mine.json')).toEqual(document);
      expect(unpackScenario(packScenario(document))).toEqual(document);
      expect(packScenario(document).length).toBeLessThan(900);
    },
  );

  it('of version 1 is read as it was meant', () => {
    const { title, geometry, threads } = readScenarioFile(JSON.parse(STORED_1), 'mine.json');
    expect([title, geometry]).toEqual(['Mine', 'three']);
    expect(threads[1]?.actions).toEqual([{ do: 'relocate', to: 1, tables: [{ level: 'PMD', va: 0 }] }]);
  });

  it.each([
    [{ version: 2 }, /newer version/],
    [{ version: 0 }, /does not say which form/],
    [{ geometry: 'six' }, /geometry/],
    [{ threads: [{ cpu: 0, name: 'u', process: 0, actions: [{ do: 'dance' }] }] }, /threads\.0\.actions\.0/],
    [{ cpus: [{ node: 9 }] }, /cannot be run \(cpus\.0\.node/],
    [{ opensWith: { version: 'repaired', overrides: { order: 'chaos' } } }, /none of its values/],
  ])('is refused in words with %j', (part, words) => {
    expect(refusal({ ...(JSON.parse(STORED_1) as object), ...part })).toMatch(words);
  });

  it('never throws anything but a FileError, whatever a part is replaced by', () => {
    const good = JSON.parse(STORED_1) as Record<string, unknown>;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(good)), fc.jsonValue(), (key, value) => {
        refusal({ ...good, [key]: value });
      }),
    );
  });

  it('is read exactly where it can be run', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const words = refusal(JSON.parse(scenarioFileText(document)));
        expect(words === '').toBe(problemsOf(document).length === 0);
      }),
    );
  });
});
