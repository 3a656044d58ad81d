import { useId } from 'react';
import { PROGRESS_STATES } from '../../reports/audit.ts';
import { bytesInWords } from '../../reports/stopped-words.ts';
import {
  MEMORY_BOUNDS,
  setBounds,
  setJudgesProgress,
  setReduces,
  setShortest,
  STATE_BOUNDS,
  useSearch,
} from '../../store/search.ts';
import type { Shortest } from '../../worker/search-protocol.ts';
import { count } from './words.ts';

/** What the next search judges, and where it stops at the latest. */
export function BoundSelects() {
  const { maxStates, maxBytes } = useSearch((state) => state.bounds);
  return (
    <div className="search-bounds">
      <BoundSelect
        label="States at most"
        value={maxStates}
        values={STATE_BOUNDS}
        words={count}
        choose={(value) => setBounds({ maxStates: value })}
      />
      <BoundSelect
        label="Memory at most"
        value={maxBytes}
        values={MEMORY_BOUNDS}
        words={bytesInWords}
        choose={(value) => setBounds({ maxBytes: value })}
      />
      <ShortestSelect />
      <Reduces />
      <JudgesProgress />
    </div>
  );
}

const SHORTEST: Readonly<Record<Shortest, string>> = { steps: 'fewest steps', switches: 'fewest switches' };

function ShortestSelect() {
  const shortest = useSearch((state) => state.shortest);
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>Counterexamples of</label>
      <select
        id={id}
        className="field"
        value={shortest}
        onChange={({ target }) => setShortest(target.value === 'switches' ? 'switches' : 'steps')}
      >
        {Object.entries(SHORTEST).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function Reduces() {
  const reduces = useSearch((state) => state.reduces);
  return (
    <label className="check">
      <input type="checkbox" checked={reduces} onChange={({ target }) => setReduces(target.checked)} />
      With reductions: steps whose order nobody can tell, and CPUs that do the same, are tried once. The
      verdicts are the same, with fewer states; counterexamples are searched again without.
    </label>
  );
}

function JudgesProgress() {
  const judges = useSearch((state) => state.judgesProgress);
  return (
    <label className="check">
      <input type="checkbox" checked={judges} onChange={({ target }) => setJudgesProgress(target.checked)} />
      Judge progress, too: whether every fair run ends. Visits all states twice, up to{' '}
      {count(PROGRESS_STATES)} of them.
    </label>
  );
}

interface BoundSelectProps {
  readonly label: string;
  readonly value: number;
  readonly values: readonly number[];
  readonly words: (value: number) => string;
  readonly choose: (value: number) => void;
}

function BoundSelect({ label, value, values, words, choose }: BoundSelectProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="field"
        value={String(value)}
        onChange={({ target }) => choose(Number(target.value))}
      >
        {values.map((bound) => (
          <option key={bound} value={String(bound)}>
            {words(bound)}
          </option>
        ))}
      </select>
    </div>
  );
}
