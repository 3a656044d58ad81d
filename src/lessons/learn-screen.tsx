import { exerciseKind } from '../exercises/exercise.ts';
import { showScreen, useScreen } from '../store/screens.ts';
import { ChallengeList } from './challenge-list.tsx';
import { CheckCode } from './check-code.tsx';
import { ConceptIndex } from './concept-index.tsx';
import { LessonList } from './lesson-list.tsx';
import { SheetMaker } from './sheet-maker.tsx';
import './learn.css';
import './learn-screen.css';

/** Says so where the address names a part or a sheet that there is not. */
function Unknown() {
  const { part, sheet, lesson, challenge } = useScreen((state) => state.params);
  const said = unknownIn({ part, sheet, lesson, challenge });
  return said === '' ? null : <p role="alert">{said}</p>;
}

type Named = Readonly<Record<'part' | 'sheet' | 'lesson' | 'challenge', string | undefined>>;

function unknownIn({ part, sheet, lesson, challenge }: Named): string {
  if (sheet !== undefined && exerciseKind(sheet) === null)
    return `There is no sheet “${sheet}” here: another one is shown. Choose a kind below.`;
  if (part !== undefined && PARTS.every(([name]) => name !== part))
    return `There is no part “${part}” of Learn: the lessons are shown. Choose one below.`;
  if (lesson !== undefined || challenge !== undefined)
    return 'Lessons and challenges have no address of their own. Choose one below.';
  return '';
}

const PARTS = [
  ['lessons', 'Lessons', LessonList],
  ['challenges', 'Challenges', ChallengeList],
  ['exercises', 'Exercises', SheetMaker],
  ['check', 'Check a pass code', CheckCode],
  ['index', 'Index', ConceptIndex],
] as const;

/** Where one learns: lessons, challenges, sheets of exercises, the check of a pass code, the index of concepts. */
export function LearnScreen() {
  const { part, sheet } = useScreen((state) => state.params);
  const asked = sheet === undefined ? (part ?? 'lessons') : 'exercises';
  const [id, title, Part] = PARTS.find(([name]) => name === asked) ?? PARTS[0];
  return (
    <div className="learn">
      <h2>Learn</h2>
      <Unknown />
      <nav className="learn-parts" aria-label="Parts of Learn">
        {PARTS.map(([name, label]) => (
          <button
            key={name}
            type="button"
            aria-current={name === id ? 'page' : undefined}
            onClick={() => showScreen('learn', { part: name })}
          >
            {label}
          </button>
        ))}
      </nav>
      <section aria-label={title}>
        <Part />
      </section>
    </div>
  );
}
