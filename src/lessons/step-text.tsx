import { useWorkbench } from '../store/workbench.ts';
import { Button } from '../views/controls/button.tsx';
import { nextStep, predict, showMe, useLesson } from './current-lesson.ts';
import { type LessonStep, partsDone, type Prediction } from './lesson.ts';
import { SourceNotes } from './source-notes.tsx';

/** A step of a lesson: what it tells, its question, what is to be done, and what came of it. */
export function StepText({ step }: { readonly step: LessonStep }) {
  const { predicted, done } = useLesson();
  const mayGoOn = step.predict === undefined || predicted !== null || done;
  return (
    <>
      {step.text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {step.predict !== undefined && <Predict prediction={step.predict} />}
      {mayGoOn ? (
        <Todo step={step} />
      ) : (
        <p className="lesson-hint">Choose what you expect. Then you are told what to do.</p>
      )}
      <SourceNotes sources={step.sources} />
      <div role="status">{done && step.predict !== undefined && <Verdict prediction={step.predict} />}</div>
      <div className="lesson-buttons lesson-on">
        {done ? (
          <Button look="primary" onClick={() => void nextStep()}>
            Go on
          </Button>
        ) : (
          <Button unavailable={!mayGoOn} onClick={() => void showMe()}>
            Do it for me
          </Button>
        )}
      </div>
    </>
  );
}

/** What is to be done, part by part; those behind the learner are ticked. */
function Todo({ step: { todo, play } }: { readonly step: LessonStep }) {
  const { since, done } = useLesson();
  const parts = useWorkbench(({ opened, records, cursor }) =>
    opened === null
      ? 0
      : partsDone(play, { actors: opened.actors, records: records.slice(0, cursor) }, since),
  );
  const behind = done ? todo.length : parts;
  return (
    <ol className="lesson-todo" aria-label="Do it">
      {todo.map((text, i) => (
        <li key={text} aria-current={i === behind ? 'step' : undefined} data-done={i < behind || undefined}>
          {i < behind && <span aria-label="done">✓ </span>}
          {text}
        </li>
      ))}
    </ol>
  );
}

function Predict({ prediction: { ask, options } }: { readonly prediction: Prediction }) {
  const { predicted, done } = useLesson();
  return (
    <fieldset className="lesson-ask" disabled={done}>
      <legend>{ask}</legend>
      {options.map(({ id, text }) => (
        <label key={id}>
          <input type="radio" name="prediction" checked={predicted === id} onChange={() => predict(id)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}

/** What the engine says, and why the prediction was right or not. */
function Verdict({ prediction: { options } }: { readonly prediction: Prediction }) {
  const { predicted, truth } = useLesson();
  const right = options.find(({ id }) => id === truth);
  const mine = options.find(({ id }) => id === predicted);
  const isRight = mine !== undefined && mine === right;
  return (
    <div className={`lesson-verdict ${isRight ? 'is-right' : 'is-wrong'}`}>
      <p>
        <strong>{verdictWord(mine !== undefined, isRight)}</strong> {right?.text}. {right?.why}
      </p>
      {mine !== undefined && !isRight && (
        <p>
          You said “{mine.text}”. {mine.why}
        </p>
      )}
    </div>
  );
}

function verdictWord(hasPredicted: boolean, isRight: boolean): string {
  if (!hasPredicted) return 'It happened:';
  return isRight ? '✓ As you said:' : '✗ Not as you said, but:';
}
