import { showScreen, useScreen } from '../store/screens.ts';
import { ChallengeList } from './challenge-list.tsx';
import { CheckCode } from './check-code.tsx';
import { ConceptIndex } from './concept-index.tsx';
import { LessonList } from './lesson-list.tsx';
import { SheetMaker } from './sheet-maker.tsx';
import './learn.css';
import './learn-screen.css';

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
