import { Button } from '../views/controls/button.tsx';
import { openStep } from './current-lesson.ts';
import type { Lesson } from './lesson.ts';
import { LESSONS } from './lessons.ts';
import { useProgress } from './progress.ts';

/** All lessons, and how far each came. */
export function LessonList() {
  return (
    <>
      <p>
        Each opens beside the workbench, and the text leads you through it. You can leave at any step and go
        on later.
      </p>
      <ol className="learn-list">
        {LESSONS.map((lesson) => (
          <LessonRow key={lesson.id} lesson={lesson} />
        ))}
      </ol>
    </>
  );
}

function LessonRow({ lesson }: { readonly lesson: Lesson }) {
  const done = useProgress((state) => state.lessons[lesson.id] ?? 0);
  const count = lesson.steps.length;
  const isWhole = done >= count;
  const isBegun = done > 0 && !isWhole;
  return (
    <li>
      <div>
        <h3>{lesson.title}</h3>
        <p>{lesson.about}</p>
        <p className="learn-small">
          {lesson.minutes} minutes
          {isWhole && ' · ✓ done'}
          {isBegun && ` · ${String(done)} of ${String(count)} steps done`}
        </p>
      </div>
      <Button
        look={isBegun ? 'primary' : 'plain'}
        label={`${isBegun ? 'Resume' : 'Open'} “${lesson.title}”`}
        onClick={() => void openStep(lesson, isBegun ? done : 0)}
      >
        {isBegun ? 'Resume' : 'Open'}
      </Button>
    </li>
  );
}
