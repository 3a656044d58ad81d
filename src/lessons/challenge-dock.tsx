import { useEffect, useRef, useState } from 'react';
import { propertyOf } from '../properties/properties.ts';
import { showScreen } from '../store/screens.ts';
import { useWorkbench } from '../store/workbench.ts';
import { Button } from '../views/controls/button.tsx';
import type { Challenge } from './challenge.ts';
import {
  hint,
  leaveChallenge,
  openChallenge,
  replayBest,
  tryRepair,
  useChallenge,
} from './current-challenge.ts';
import { settingInWords } from '../designs/choice-words.ts';
import { makePassCode } from './pass-code.ts';
import { SourceNotes } from './source-notes.tsx';
import './learn.css';

/** The challenge that is played, beside the workbench: the learner is the scheduler. */
export function ChallengeDock() {
  const { challenge } = useChallenge();
  if (challenge === null)
    return (
      <section className="lesson">
        <h2>No challenge is open</h2>
        <Button look="primary" onClick={() => showScreen('learn', { part: 'challenges' })}>
          Choose a challenge
        </Button>
      </section>
    );
  return <Playing challenge={challenge} />;
}

function Playing({ challenge }: { readonly challenge: Challenge }) {
  const { won, said, searching } = useChallenge();
  const cursor = useWorkbench((state) => state.cursor);
  const property = propertyOf(challenge.breaks);
  const heading = useRef<HTMLHeadingElement>(null);
  // As in a lesson: whoever plays by keyboard goes on here.
  useEffect(() => heading.current?.focus(), [challenge]);
  const asksForRepair = won !== null && challenge.repairs.length > 0;
  return (
    <section className="lesson">
      <p className="lesson-place">Challenge · {cursor} steps taken</p>
      <h2 ref={heading} tabIndex={-1}>
        {challenge.title}
      </h2>
      <p>{challenge.story}</p>
      <SourceNotes sources={challenge.sources} />
      <p className="lesson-todo">
        <strong>Break “{property?.title}”:</strong> it fails when {property?.failsWhen}. You choose who moves.
      </p>
      {won !== null && <Won challenge={challenge} steps={won.length} />}
      {asksForRepair ? (
        <Repairs challenge={challenge} />
      ) : (
        <p role="status">{searching ? 'Searching …' : said}</p>
      )}
      <div className="lesson-buttons">
        <Button unavailable={searching || won !== null} onClick={() => void hint()}>
          Hint
        </Button>
        <Button onClick={() => void openChallenge(challenge)}>Start anew</Button>
        <Button look="quiet" onClick={leaveChallenge}>
          Leave
        </Button>
      </div>
    </section>
  );
}

function Won({ challenge, steps }: { readonly challenge: Challenge; readonly steps: number }) {
  const { best, won } = useChallenge();
  const [name, setName] = useState('');
  const isBest = best !== null && best.length === steps;
  return (
    <div className="lesson-verdict is-right">
      <p role="status">
        <strong>✓ Done.</strong> You needed {steps} steps
        {best === null
          ? '.'
          : isBest
            ? ', and no schedule is shorter.'
            : `; the shortest is ${String(best.length)}.`}
      </p>
      {best !== null && !isBest && <Button onClick={() => void replayBest()}>Replay a shortest</Button>}
      <label className="lesson-field">
        Your name, for a pass code
        <input
          className="field"
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      {name.trim() !== '' && won !== null && (
        <label className="lesson-field">
          Pass code: give it to your teacher
          <textarea className="field" readOnly rows={3} value={makePassCode(challenge, name, won)} />
        </label>
      )}
    </div>
  );
}

function Repairs({ challenge }: { readonly challenge: Challenge }) {
  const { repair, said, searching } = useChallenge();
  const inOrder = challenge.repairs.toSorted();
  return (
    <div className="lesson-ask">
      <h3>Which one change stops it?</h3>
      <p role="status">{searching ? 'Searching …' : said}</p>
      {inOrder.map((setting) => (
        <Button
          key={setting}
          className="lesson-repair"
          unavailable={searching}
          pressed={repair?.set === setting}
          onClick={() => void tryRepair(setting)}
        >
          {repair?.set === setting && (repair.holds ? '✓ ' : '✗ ')}
          {settingInWords(setting)}
        </Button>
      ))}
    </div>
  );
}
