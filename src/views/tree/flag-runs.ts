import type { FlagMark } from './tree-model.ts';

/** Flags beside each other that are all set, or all not. */
export interface FlagRun {
  readonly on: boolean;
  /** Which of the flags is its first. */
  readonly first: number;
  readonly letters: string;
}

/** The flags of an entry in as few runs as can be, in their order. */
export function flagRuns(flags: readonly FlagMark[]): readonly FlagRun[] {
  const runs: FlagRun[] = [];
  flags.forEach(({ letter, on }, i) => {
    const last = runs.at(-1);
    if (last?.on === on) runs[runs.length - 1] = { ...last, letters: last.letters + letter };
    else runs.push({ on, first: i, letters: letter });
  });
  return runs;
}
