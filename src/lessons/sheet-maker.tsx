import { useEffect } from 'react';
import {
  EXERCISE_KINDS,
  EXERCISE_TITLES,
  type Exercise,
  exerciseKind,
  type ExerciseKind,
} from '../exercises/exercise.ts';
import { makeExercise } from '../exercises/make.ts';
import { fetchAudit, useAudit } from '../store/audit.ts';
import { showScreen, useScreen } from '../store/screens.ts';
import { Button } from '../views/controls/button.tsx';
import { Sheet } from './sheet.tsx';

/** Greatest seed: what the command line takes too. */
const MOST = 2 ** 31 - 1;

function seedOf(text: string | undefined): number {
  const seed = Number(text);
  return text !== undefined && /^\d+$/.test(text) && seed <= MOST ? seed : 1;
}

/** Chooses a kind and a seed; the address then names the sheet, so that a link leads all learners to the same one. */
export function SheetMaker() {
  const params = useScreen((state) => state.params);
  const [kind, seed] = [exerciseKind(params['sheet'] ?? '') ?? 'ostep', seedOf(params['seed'])];
  const show = (nextKind: ExerciseKind, nextSeed: number): void => {
    showScreen('learn', { sheet: nextKind, seed: String(nextSeed) });
  };
  return (
    <>
      <div className="sheet-tools">
        <label>
          Kind{' '}
          <select
            className="field"
            value={kind}
            onChange={(event) => show(exerciseKind(event.target.value) ?? kind, seed)}
          >
            {EXERCISE_KINDS.map((id) => (
              <option key={id} value={id}>
                {EXERCISE_TITLES[id]}
              </option>
            ))}
          </select>
        </label>
        <label>
          Seed{' '}
          <input
            className="field"
            type="number"
            min={0}
            max={MOST}
            value={seed}
            onChange={(event) => show(kind, seedOf(event.target.value))}
          />
        </label>
        <Button onClick={() => show(kind, (seed + 1) % MOST)}>Another sheet</Button>
      </div>
      <MadeSheet key={`${kind} ${String(seed)}`} kind={kind} seed={seed} />
    </>
  );
}

function MadeSheet({ kind, seed }: { readonly kind: ExerciseKind; readonly seed: number }) {
  const { cube, reason } = useAudit();
  const needsAudit = kind === 'property';
  useEffect(() => {
    if (needsAudit) void fetchAudit();
  }, [needsAudit]);
  if (needsAudit && reason !== '')
    return <p role="status">The audit could not be read: {reason}. Choose another kind.</p>;
  if (needsAudit && cube === null) return <p role="status">Fetching the audit …</p>;
  const exercise: Exercise = makeExercise(kind, seed, cube?.file.rows ?? []);
  return <Sheet exercise={exercise} />;
}
