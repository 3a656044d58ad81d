import { useEffect, useRef } from 'react';
import { scenarioName } from '../../formats/scenario-document.ts';
import { propertyOf } from '../../properties/properties.ts';
import {
  closeCounterexample,
  type Counterexample,
  openCounterexample,
  shortenCounterexample,
  useCounterexample,
} from '../../store/counterexample.ts';
import { type EndlessRun, isEndless } from '../../store/endless.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { EndlessRunWords } from './endless-run.tsx';
import { DesignInWords } from '../shell/design-in-words.tsx';
import { Explanation } from './explanation.tsx';
import { useFollowed } from './use-followed.ts';
import './counterexample.css';

/** Beside a counterexample: what it breaks, and the few steps without which it would not. */
export function CounterexampleDock() {
  const { shown, analysis, status, reason } = useCounterexample();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [shown]);
  if (shown === null) return null;
  return (
    <div className="counterexample">
      <div className="counterexample-head">
        <h2 ref={heading} tabIndex={-1}>
          Counterexample
        </h2>
        <Button look="quiet" label="Close the counterexample" onClick={closeCounterexample}>
          <Icon name="close" />
        </Button>
      </div>
      {isEndless(shown) ? <Endless shown={shown} /> : <About shown={shown} />}
      <p role="status">
        {status === 'analysing' && 'Looking for the steps that matter …'}
        {status === 'failed' && `The steps that matter were not found: ${reason}. The run is as it was.`}
      </p>
      {analysis !== null && <Explanation shown={shown} analysis={analysis} />}
      {!isEndless(shown) && (
        <Button unavailable={status === 'analysing'} onClick={() => void shortenCounterexample()}>
          Leave out what it can do without
        </Button>
      )}
    </div>
  );
}

function Endless({ shown }: { readonly shown: EndlessRun }) {
  const followed = useFollowed(shown) ?? 0;
  return (
    <>
      <EndlessRunWords shown={shown} followed={followed} />
      <WhereItStands shown={shown} />
    </>
  );
}

function About({ shown }: { readonly shown: Counterexample }) {
  const { subject, property, schedule } = shown;
  const known = propertyOf(property);
  return (
    <>
      <p>
        <strong>{known?.title ?? property}</strong>
        {known === undefined ? ' is broken' : ` fails when ${known.failsWhen}`}: here in the last of{' '}
        {schedule.length} steps, with <DesignInWords {...subject} /> in “{scenarioName(subject.scenario)}”.
      </p>
      <WhereItStands shown={shown} />
    </>
  );
}

/** Whether the run on screen is still the counterexample, and the way back where it is not. */
function WhereItStands({ shown }: { readonly shown: Counterexample }) {
  const followed = useFollowed(shown);
  const cursor = useWorkbench((state) => state.cursor);
  if (followed === shown.schedule.length)
    return (
      <p className="counterexample-hint">
        {cursor === 0 ? 'It stands at its start. ' : `It stands after step ${String(cursor)}. `}Step forward
        to follow it{isEndless(shown) ? '.' : ', or go to a step:'}
      </p>
    );
  return (
    <p className="counterexample-hint">
      {followed === null
        ? 'Another run is open now: the steps below are not on screen. '
        : `The run on screen goes another way after step ${String(followed)}. `}
      <Button onClick={() => void openCounterexample(shown)}>Open the counterexample again</Button>
    </p>
  );
}
