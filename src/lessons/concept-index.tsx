import { Button } from '../views/controls/button.tsx';
import { CONCEPTS } from './concepts.ts';
import { openStep } from './current-lesson.ts';
import { lessonOf } from './lessons.ts';

/** Every word with its meaning, its source, and a moment in which one sees it. */
export function ConceptIndex() {
  return (
    <dl className="learn-index">
      {CONCEPTS.map(({ word, means, lesson, step, source }) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>
            {means} <span className="learn-small">[{source}]</span>
          </dd>
          <dd>
            <Button
              label={`See “${word}” happen`}
              onClick={() => {
                const found = lessonOf(lesson);
                if (found !== null) void openStep(found, step);
              }}
            >
              See it happen
            </Button>
          </dd>
        </div>
      ))}
    </dl>
  );
}
