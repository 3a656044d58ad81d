import { scenarioName } from '../../formats/scenario-document.ts';
import { PROPERTIES } from '../../properties/properties.ts';
import {
  closeCounterexample,
  type Counterexample,
  shortenCounterexample,
  useCounterexample,
} from '../../store/counterexample.ts';
import { seek, useWorkbench } from '../../store/workbench.ts';
import type { Analysis, ToldStep } from '../../worker/analysis.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import './counterexample.css';

/** Beside a counterexample: what it breaks, and the few steps without which it would not. */
export function CounterexampleDock() {
  const { shown, analysis, status, reason } = useCounterexample();
  if (shown === null) return null;
  return (
    <div className="counterexample">
      <div className="counterexample-head">
        <h2>Counterexample</h2>
        <Button look="quiet" label="Close the counterexample" onClick={closeCounterexample}>
          <Icon name="close" />
        </Button>
      </div>
      <About shown={shown} />
      <p role="status">
        {status === 'analysing' && 'Looking for the steps that matter …'}
        {status === 'failed' && `The steps that matter were not found: ${reason}. The run is as it was.`}
      </p>
      {analysis !== null && <Explanation analysis={analysis} />}
      <Button unavailable={status === 'analysing'} onClick={() => void shortenCounterexample()}>
        Leave out what it can do without
      </Button>
    </div>
  );
}

function About({ shown: { subject, property, schedule } }: { readonly shown: Counterexample }) {
  const known = PROPERTIES.find(({ id }) => id === property);
  const changes = Object.entries(subject.overrides).map(([choice, value]) => `, ${choice}=${value}`);
  return (
    <>
      <p>
        <strong>{known?.title ?? property}</strong>
        {known === undefined ? ' is broken' : ` fails when ${known.failsWhen}`}: here in the last of{' '}
        {schedule.length} steps, with {subject.version}
        {changes.join('')} in “{scenarioName(subject.scenario)}”.
      </p>
      <p className="counterexample-hint">
        It stands at its start. Step forward to follow it, or go to a step:
      </p>
    </>
  );
}

function Explanation({ analysis: { turns, last } }: { readonly analysis: Analysis }) {
  return (
    <>
      <h3>{turns.length === 0 ? 'The step that breaks it' : 'The turns that matter'}</h3>
      {turns.length > 0 && (
        <p className="counterexample-hint">
          At each of these one actor is stopped in the middle of its work. Let it go on instead, and nothing
          breaks.
        </p>
      )}
      <ol className="counterexample-turns">
        {turns.map(({ before, after }) => (
          <li key={before.index}>
            <StepButton step={before} /> <span className="counterexample-then">and then, in between,</span>{' '}
            <StepButton step={after} />
          </li>
        ))}
        {last !== null && (
          <li>
            <StepButton step={last} /> <span className="counterexample-then">breaks it.</span>
          </li>
        )}
      </ol>
    </>
  );
}

/** Goes to the moment just after a step. */
function StepButton({ step: { index, actor, label } }: { readonly step: ToldStep }) {
  const isHere = useWorkbench((state) => state.cursor === index + 1);
  return (
    <button
      type="button"
      className="counterexample-step"
      aria-current={isHere ? 'step' : undefined}
      onClick={() => void seek(index + 1)}
    >
      <b>{index + 1}</b> {actor}: {label}
    </button>
  );
}
