import { Button } from '../views/controls/button.tsx';
import { CONCEPTS } from './concepts.ts';
import { openStep } from './current-lesson.ts';
import { lessonOf } from './lessons.ts';
import { SourceNotes } from './source-notes.tsx';

/** Every word with its meaning, its source, and a moment in which one sees it. */
export function ConceptIndex() {
  return (
    <>
      <p className="learn-small">
        Sections of the Intel SDM are numbered as in its editions where paging is chapter 4.
      </p>
      <Words />
    </>
  );
}

function Words() {
  return (
    <dl className="learn-index">
      {CONCEPTS.map(({ word, means, lesson, step, sources }) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>
            {means}
            <SourceNotes sources={sources} />
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
