import type { Outcome } from './usage.ts';

/** One report as `npm run report` knows it. */
export interface ReportCommand {
  /** What it tells, in a sentence. */
  readonly about: string;
  /** Its options: `[--json]`. */
  readonly usage: string;
  /** Takes the words after the report's name. Throws UsageError for those it does not understand. */
  readonly run: (argv: readonly string[]) => Outcome | Promise<Outcome>;
}

/** A table for the terminal: columns as wide as they must be, numbers at the right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const isNumber = (text: string): boolean => /^[\d.,%×–-]/.test(text);
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) =>
        i > 0 && isNumber(text) ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [head, ...rows].map((row) => `${line(row)}\n`).join('');
}
