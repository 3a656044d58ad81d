import type { Verdict } from '../properties/verdicts.ts';

/** A line for each property that has failed, errors before warnings: which, since when, and why. */
export function failuresInWords(verdicts: readonly Verdict[]): readonly string[] {
  const lines = (result: 'fails' | 'warns', word: string): readonly string[] =>
    verdicts
      .filter((verdict) => verdict.result === result)
      .map(({ property, failure }) => {
        const since = failure === null ? '' : ` since step ${String(failure.step.index + 1)}`;
        const [why = ''] = failure?.reasons ?? [];
        return `${property.title}: ${word}${since}${why === '' ? '' : ` – ${why}`}`;
      });
  return [...lines('fails', 'fails'), ...lines('warns', 'warning')];
}

/** What is said while nothing has failed; at the end of a run everything has been judged. */
export function noneFailsInWords(verdicts: readonly Verdict[], ended: boolean): string {
  const pending = verdicts.filter(({ result }) => result === 'pending').length;
  const held = verdicts.filter(({ result }) => result === 'holds').length;
  const untried = verdicts.filter(({ result }) => result === 'untried').length;
  const others = untried === 0 ? '' : `; ${String(untried)} not tried`;
  if (ended) return `${untried === 0 ? 'All ' : ''}${String(held)} properties held${others}`;
  return `${String(held)} properties hold so far${others}; ${String(pending)} are judged at the end`;
}
