import { useEffect, useRef } from 'react';
import { useWorkbench } from '../store/workbench.ts';
import { showScreen } from '../store/screens.ts';
import { Button } from '../views/controls/button.tsx';
import { leaveLesson, openStep, useLesson } from './current-lesson.ts';
import { StepText } from './step-text.tsx';
import type { Lesson } from './lesson.ts';
import { LESSONS } from './lessons.ts';
import './learn.css';

/** The lesson that is taken, beside the workbench that it is about. */
export function LessonDock() {
  const { lesson, index, source } = useLesson();
  const opened = useWorkbench((state) => state.opened);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever goes on by keyboard goes on here, and a screen reader begins to read here.
  useEffect(() => heading.current?.focus(), [lesson, index]);
  if (lesson === null) return <NoLesson />;
  const step = lesson.steps[index];
  if (step === undefined) return <EndOfLesson lesson={lesson} />;
  const isElsewhere = opened !== null && JSON.stringify(opened.source) !== JSON.stringify(source);
  return (
    <section className="lesson">
      <p className="lesson-place">
        Step {index + 1} of {lesson.steps.length}
      </p>
      <h2 ref={heading} tabIndex={-1}>
        {lesson.title}
      </h2>
      {isElsewhere ? <Elsewhere lesson={lesson} index={index} /> : <StepText step={step} />}
      <div className="lesson-buttons">
        <Button look="quiet" onClick={leaveLesson}>
          Leave the lesson
        </Button>
      </div>
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

function EndOfLesson({ lesson }: { readonly lesson: Lesson }) {
  const next = LESSONS[LESSONS.indexOf(lesson) + 1];
  return (
    <section className="lesson">
      <h2>{lesson.title}: done</h2>
      <p role="status">
        You have seen all {lesson.steps.length} steps. The run stays open: try it another way.
      </p>
      <div className="lesson-buttons">
        {next !== undefined && (
          <Button look="primary" onClick={() => void openStep(next, 0)}>
            Next: {next.title}
          </Button>
        )}
        <Button onClick={() => showScreen('learn')}>All lessons</Button>
        <Button look="quiet" onClick={leaveLesson}>
          Close
        </Button>
      </div>
    </section>
  );
}
