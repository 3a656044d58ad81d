import { useId, useState } from 'react';
import { type Exercise, isRight, type Question } from '../exercises/exercise.ts';
import { Button } from '../views/controls/button.tsx';

/** A sheet to answer here or to print; with its answers shown it is the key. */
export function Sheet({ exercise }: { readonly exercise: Exercise }) {
  const [hasKey, setKey] = useState(false);
  const { title, task, given, questions, kind, seed } = exercise;
  return (
    <article className="sheet" aria-label={title}>
      <h3>{title}</h3>
      <p className="learn-small">
        Sheet {kind}, seed {seed}
        {hasKey && ' · key'}
      </p>
      <p>{task}</p>
      <div className="sheet-given">
        {given.map(({ title: heading, lines }) => (
          <figure key={heading}>
            <figcaption>{heading}</figcaption>
            <pre tabIndex={0}>{lines.join('\n')}</pre>
          </figure>
        ))}
      </div>
      <ol className="sheet-questions">
        {questions.map((question) => (
          <Asked key={question.ask} question={question} hasKey={hasKey} />
        ))}
      </ol>
      <div className="sheet-tools">
        <Button pressed={hasKey} onClick={() => setKey(!hasKey)}>
          {hasKey ? 'Hide the answers' : 'Show the answers'}
        </Button>
        <Button onClick={() => window.print()}>Print {hasKey ? 'the key' : 'the sheet'}</Button>
      </div>
    </article>
  );
}

function Asked({ question, hasKey }: { readonly question: Question; readonly hasKey: boolean }) {
  const [given, setGiven] = useState('');
  const id = useId();
  const { ask, answer, why, options } = question;
  return (
    <li>
      <label htmlFor={id}>{ask}</label>
      {options.length > 0 && <span className="sheet-options">{options.join(' / ')}</span>}
      {options.length === 0 ? (
        <input
          id={id}
          className="field"
          value={given}
          autoComplete="off"
          onChange={(event) => setGiven(event.target.value)}
        />
      ) : (
        <select id={id} className="field" value={given} onChange={(event) => setGiven(event.target.value)}>
          <option value="">choose</option>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
      {given !== '' && <span role="status">{isRight(question, given) ? '✓ right' : '✗ not yet'}</span>}
      {hasKey && (
        <div className="sheet-answer">
          <strong>{answer}</strong>
          {why.map((reason, i) => (
            <p key={i}>{reason}</p>
          ))}
        </div>
      )}
    </li>
  );
}
