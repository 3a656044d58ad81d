import { useWorkbench } from '../store/workbench.ts';
import { showScreen } from '../store/screens.ts';
import { Button } from '../views/controls/button.tsx';
import { leaveLesson, nextStep, openStep, predict, showMe, useLesson } from './current-lesson.ts';
import type { Lesson, LessonStep, Prediction } from './lesson.ts';
import './learn.css';

/** The lesson that is taken, beside the workbench that it is about. */
export function LessonDock() {
  const { lesson, index, source } = useLesson();
  const opened = useWorkbench((state) => state.opened);
  if (lesson === null) return <NoLesson />;
  const step = lesson.steps[index];
  if (step === undefined) return <EndOfLesson lesson={lesson} />;
  const isElsewhere = opened !== null && JSON.stringify(opened.source) !== JSON.stringify(source);
  return (
    <section className="lesson">
      <p className="lesson-place">
        Step {index + 1} of {lesson.steps.length}
      </p>
      <h2>{lesson.title}</h2>
      {isElsewhere ? <Elsewhere lesson={lesson} index={index} /> : <Step step={step} />}
      <div className="lesson-buttons">
        <Button look="quiet" onClick={leaveLesson}>
          Leave the lesson
        </Button>
      </div>
      <Sources lesson={lesson} />
    </section>
  );
}

function NoLesson() {
  return (
    <section className="lesson">
      <h2>No lesson is open</h2>
      <p>Choose one from the list; it is remembered how far you came.</p>
      <Button look="primary" onClick={() => showScreen('learn')}>
        Choose a lesson
      </Button>
    </section>
  );
}

function Elsewhere({ lesson, index }: { readonly lesson: Lesson; readonly index: number }) {
  return (
    <>
      <p role="status">Another run is on screen. The lesson goes on in its own.</p>
      <Button look="primary" onClick={() => void openStep(lesson, index)}>
        Back to the lesson
      </Button>
    </>
  );
}

function Step({ step }: { readonly step: LessonStep }) {
  const { predicted, done } = useLesson();
  const mayGoOn = step.predict === undefined || predicted !== null || done;
  return (
    <>
      {step.text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {step.predict !== undefined && <Predict prediction={step.predict} />}
      {mayGoOn ? (
        <p className="lesson-todo">
          <strong>Do it: </strong>
          {step.todo}
        </p>
      ) : (
        <p className="lesson-hint">Choose what you expect. Then you are told what to do.</p>
      )}
      <div role="status">{done && step.predict !== undefined && <Verdict prediction={step.predict} />}</div>
      <div className="lesson-buttons">
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
  return isRight ? '✓ As you said:' : '✗ Not so:';
}

function EndOfLesson({ lesson }: { readonly lesson: Lesson }) {
  return (
    <section className="lesson">
      <h2>{lesson.title}: done</h2>
      <p role="status">
        You have seen all {lesson.steps.length} steps. The run stays open: try it another way.
      </p>
      <div className="lesson-buttons">
        <Button look="primary" onClick={() => showScreen('learn')}>
          Choose the next
        </Button>
        <Button look="quiet" onClick={leaveLesson}>
          Close
        </Button>
      </div>
      <Sources lesson={lesson} />
    </section>
  );
}

function Sources({ lesson }: { readonly lesson: Lesson }) {
  return (
    <details className="lesson-sources">
      <summary>Sources</summary>
      <ul>
        {lesson.sources.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </details>
  );
}
