import { type Analysis, analyse, type Question } from './analysis.ts';

/** What the worker answers: what it found, or why it could not. */
export type AnalysisAnswer =
  | { readonly kind: 'analysis'; readonly analysis: Analysis | null }
  | { readonly kind: 'failed'; readonly why: string };

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  const answer = ((): AnalysisAnswer => {
    try {
      return { kind: 'analysis', analysis: analyse(data) };
    } catch (error) {
      return { kind: 'failed', why: error instanceof Error ? error.message : 'it did not say why' };
    }
  })();
  postMessage(answer);
});
