import { scenarioName } from '../../formats/scenario-document.ts';
import { propertyOf } from '../../properties/properties.ts';
import { notableInWords } from '../../reports/notable-words.ts';
import { worldInWords } from '../../reports/searched-world.ts';
import { PROGRESS_FAILS_WHEN } from '../../reports/verdicts.ts';
import { openCounterexample } from '../../store/counterexample.ts';
import type { Outcome, PropertyVerdict, Shortest } from '../../worker/search-protocol.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { DesignInWords } from '../shell/design-in-words.tsx';
import {
  chanceInWords,
  count,
  extent,
  lackInWords,
  progressInWords,
  reducedInWords,
  switchesInWords,
} from './words.ts';

const COUNTEREXAMPLE: Readonly<Record<Shortest, string>> = {
  steps: 'Shortest counterexample',
  switches: 'Counterexample with fewest switches',
};

/** A verdict for each property, and for what world it holds. */
export function SearchVerdicts({ outcome }: { readonly outcome: Outcome }) {
  const { subject, verdicts } = outcome;
  return (
    <section className="search-result" aria-label="Verdicts">
      <h3>{headline(outcome)}</h3>
      <table className="search-verdicts">
        <thead>
          <tr>
            <th scope="col">Property</th>
            <th scope="col">Verdict</th>
            <th scope="col">{COUNTEREXAMPLE[outcome.shortest]}</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map((verdict) => (
            <VerdictRow key={verdict.property} verdict={verdict} outcome={outcome} />
          ))}
        </tbody>
      </table>
      <p className="search-bounds-text">{boundsInWords(outcome)}</p>
      {reducedInWords(outcome).map((words) => (
        <p key={words} className="search-bounds-text">
          {words}
        </p>
      ))}
      <p className="search-bounds-text">{progressInWords(outcome)}</p>
      <p className="search-bounds-text">
        Searched: {scenarioName(subject.scenario)}, <DesignInWords {...subject} />.
      </p>
    </section>
  );
}

interface VerdictRowProps {
  readonly verdict: PropertyVerdict;
  readonly outcome: Outcome;
}

function VerdictRow({ verdict, outcome }: VerdictRowProps) {
  const { property } = verdict;
  const known = propertyOf(property) ?? OTHERS[property];
  const look = lookOf(verdict, outcome.ending === 'all');
  return (
    <tr>
      <th scope="row" title={known && `Fails when ${known.failsWhen}`}>
        {known?.title ?? property}
      </th>
      <td className={`verdict-${look.tone}`}>
        {look.tone !== 'holds' && <Icon name="violation" />} {look.words}
        {verdict.missed !== undefined && `: ${verdict.missed.map(notableInWords).join('; ')}`}
      </td>
      <td>
        <OpenVerdict verdict={verdict} outcome={outcome} />
      </td>
    </tr>
  );
}

/** What is judged and is no property of states. */
const OTHERS: Readonly<Record<string, { readonly title: string; readonly failsWhen: string }>> = {
  progress: { title: 'Progress', failsWhen: PROGRESS_FAILS_WHEN },
  reached: {
    title: 'Moments reached (what the scenario is for can happen)',
    failsWhen: 'a moment that the scenario exists for is never reached',
  },
};

function OpenVerdict({ verdict, outcome }: VerdictRowProps) {
  const { property, schedule, cycleStart } = verdict;
  if (schedule === null) return null;
  const { subject } = outcome;
  const steps = count(schedule.length);
  const lack = lackInWords(verdict);
  const isEndless = cycleStart !== undefined;
  return (
    <>
      <Button
        label={
          isEndless
            ? `Open ${steps} steps: a run that goes on for ever`
            : `Open ${steps} steps: the counterexample to ${property}`
        }
        onClick={() => void openCounterexample({ subject, property, schedule, cycleStart })}
      >
        Open {steps} steps
      </Button>{' '}
      <span className="search-schedule">
        {switchesInWords(schedule)}
        {lack !== '' && ` (${lack})`}
      </span>
    </>
  );
}

interface Look {
  readonly tone: 'holds' | 'fails' | 'warns' | 'open';
  readonly words: string;
}

function lookOf({ property, verdict }: PropertyVerdict, isExhaustive: boolean): Look {
  if (verdict === 'fails')
    return propertyOf(property)?.severity === 'warning'
      ? { tone: 'warns', words: 'warning' }
      : { tone: 'fails', words: 'fails' };
  if (verdict === 'not checked') return { tone: 'open', words: 'not checked' };
  if (verdict === 'not reached')
    return isExhaustive
      ? { tone: 'warns', words: 'not reached' }
      : { tone: 'open', words: 'not reached so far' };
  if (isExhaustive) return { tone: 'holds', words: 'holds' };
  // A moment that was reached stays so, whatever else there is.
  return property === 'reached'
    ? { tone: 'holds', words: 'reached' }
    : { tone: 'open', words: 'not broken so far' };
}

function headline({ verdicts, ending }: Outcome): string {
  const fails = verdicts.filter(
    ({ property, verdict }) => verdict === 'fails' && propertyOf(property)?.severity !== 'warning',
  );
  // Whether moments were reached is no property.
  const judged = verdicts.length - 1;
  if (fails.length > 0) return `${String(fails.length)} of ${String(judged)} properties fail`;
  return ending === 'all'
    ? 'No error: every property that was judged holds within these bounds'
    : 'No error so far: the search did not end';
}

function boundsInWords(outcome: Outcome): string {
  const parts = [
    worldInWords(outcome.world),
    extent(outcome),
    chanceInWords(outcome),
    'memory is sequentially consistent',
  ];
  return `Bounds: ${parts.join('; ')}.`;
}
