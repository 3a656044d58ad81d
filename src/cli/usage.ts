import { print, runCommand, UsageError } from './say.ts';

/** Options of a command line: `--name value`, `--flag`, repeated ones kept in order. */
export interface Options {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
}

export interface Accepted {
  /** Options that take a value. */
  readonly values: readonly string[];
  readonly flags: readonly string[];
}

/** Reads arguments. Throws UsageError on an unknown option, a missing value or a stray word. */
export function readOptions(argv: readonly string[], accepted: Accepted): Options {
  const values = new Map<string, string[]>();
  const flags = new Set<string>();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    const name = word.replace(/^--/, '');
    if (!word.startsWith('--')) throw new UsageError(`"${word}" is not an option.`);
    if (accepted.flags.includes(name)) flags.add(name);
    else if (accepted.values.includes(name)) {
      const value = argv[++i];
      if (value === undefined || value.startsWith('--')) throw new UsageError(`--${name} needs a value.`);
      values.set(name, [...(values.get(name) ?? []), value]);
    } else throw new UsageError(`There is no option ${word}.`);
  }
  return { values, flags };
}

/** The one value of an option; `fallback` when it is not given. Throws UsageError when it is given twice. */
export function single(options: Options, name: string, fallback: string | null): string {
  const given = options.values.get(name) ?? [];
  if (given.length > 1) throw new UsageError(`--${name} was given twice.`);
  const value = given[0] ?? fallback;
  if (value === null) throw new UsageError(`--${name} is missing.`);
  return value;
}

/** A whole number, 0 to 2^31 - 1. Throws UsageError for anything else. */
export function wholeNumber(text: string, name: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 2 ** 31 - 1)
    throw new UsageError(`--${name} takes a whole number, not "${text}".`);
  return value;
}

/** What a command prints on stdout, and how it ends. */
export interface Outcome {
  readonly text: string;
  readonly exitCode: number;
}

/** Runs a command on this process's arguments; when they are not understood, `usage` is said after the reason. */
export async function runTool(
  usage: string,
  main: (argv: readonly string[]) => Outcome | Promise<Outcome>,
): Promise<void> {
  await runCommand(async () => {
    try {
      const { text, exitCode } = await main(process.argv.slice(2));
      await print(text);
      process.exitCode = exitCode;
    } catch (error) {
      if (error instanceof UsageError) throw new UsageError(`${error.message}\n${usage}`);
      throw error;
    }
  });
}
