import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Files from the root, by what they import directly from `src`. */
type Imports = ReadonlyMap<string, readonly string[]>;

function importsUnder(root: string): Imports {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join('src', file));
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'));
      const near = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
      return [file, near.map((name) => join(dirname(file), name))];
    }),
  );
}

function reachedFrom(imports: Imports, file: string): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const one of reached) for (const next of imports.get(one) ?? []) reached.add(next);
  return reached;
}

/** Which of the test files to run on a mutant, in which order: those that find it soonest first. */
export class TestOrder {
  private readonly reach: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly times = new Map<string, number>();
  private readonly kills = new Map<string, number>();

  constructor(root: string, tests: readonly string[]) {
    const imports = importsUnder(root);
    this.reach = new Map(tests.map((test) => [test, reachedFrom(imports, test)]));
  }

  /** Tells how long the test files take where nothing is changed. */
  took(times: readonly (readonly [test: string, ms: number])[]): void {
    for (const [test, ms] of times) this.times.set(test, ms);
  }

  /** Tells that a test found a mutant of a file. */
  killed(test: string, file: string): void {
    for (const key of [test, `${test} ${file}`]) this.kills.set(key, (this.kills.get(key) ?? 0) + 1);
  }

  /** The test files whose imports reach `file`, those with the most kills a second first; those of the file itself count most. */
  testsFor(file: string): readonly string[] {
    const tests = [...this.reach].filter(([, reached]) => reached.has(file)).map(([test]) => test);
    return tests.toSorted((a, b) => this.worth(b, file) - this.worth(a, file));
  }

  private worth(test: string, file: string): number {
    const kills = 1 + (this.kills.get(test) ?? 0) / 10 + 5 * (this.kills.get(`${test} ${file}`) ?? 0);
    return kills / (50 + (this.times.get(test) ?? 1000));
  }
}
