import { bytesInWords } from '../../reports/stopped-words.ts';
import { type SearchState, useSearch } from '../../store/search.ts';
import { planHere } from '../../worker/search-plan.ts';
import type { Figures } from '../../worker/search-protocol.ts';
import { count, rate, workersInWords } from './words.ts';

/** How far the search is, several times a second. */
export function LiveFigures() {
  const state = useSearch();
  const { figures } = state;
  return (
    <section className="search-live" aria-label="Progress of the search">
      <p role="status">{statusWords(state)}</p>
      {figures !== null && (
        <dl className="search-figures">
          <Figure name="States" value={count(figures.states)} />
          <Figure name="Speed" value={rate(figures)} />
          <Figure name="Depth" value={depthInWords(state.stage, figures)} />
          <Figure name="Frontier" value={`${count(figures.frontier)} states`} />
          <Figure name="Transitions" value={count(figures.transitions)} />
          <Figure name="Memory" value={bytesInWords(figures.bytes)} />
        </dl>
      )}
      <p className="search-workers">{workersInWords(planHere(), state.workers, figures?.states ?? 0)}</p>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** A search for the fewest switches goes on by those. */
function depthInWords(stage: SearchState['stage'], { depth }: Figures): string {
  return `${count(depth)} ${stage === 'switches' ? 'switches' : 'steps'}`;
}

const STAGES: Readonly<Record<SearchState['stage'], string>> = {
  search: '',
  again: 'searching again without reductions, for the shortest counterexamples; ',
  switches: 'looking for the counterexamples with the fewest switches; ',
  progress: 'everything was visited; visiting it again to judge progress; ',
};

/** Said when it changes, not with every figure. */
function statusWords({ status, stage, broken, outcome, reason }: SearchState): string {
  const found = broken.length === 0 ? 'nothing broken so far' : `broken so far: ${broken.join(', ')}`;
  switch (status) {
    case 'idle':
      return 'Not started.';
    case 'running':
      return `Searching; ${STAGES[stage]}${found}.`;
    case 'paused':
      return `Paused; ${STAGES[stage]}${found}.`;
    case 'stopping':
      return 'Stopping …';
    case 'ended':
      if (outcome?.ending !== 'all') return 'Ended before everything was visited.';
      return outcome.reduced.alone === null
        ? 'Ended: everything was visited.'
        : 'Ended: everything was visited, but for what reductions leave out.';
    case 'dead':
      return `The search stopped working: ${reason}. The run on screen was kept; start it again, perhaps with less memory.`;
  }
}
