import { useEffect } from 'react';
import { useCompare } from '../../store/compare.ts';
import { pauseBoth } from '../../store/compare-play.ts';
import { compareOnArrival } from '../../store/contenders.ts';
import { useScreen } from '../../store/screens.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Compared } from './compared.tsx';
import { listenToArrows } from './compare-keys.ts';
import { ContenderPicker } from './contender-picker.tsx';
import { NothingToCompare } from './nothing-to-compare.tsx';
import './compare.css';

/** Two runs side by side, in lock-step, with the first difference marked. */
export function CompareScreen() {
  const { sides, problem, busy, playing } = useCompare();
  const opened = useWorkbench((state) => state.opened);
  const asked = useScreen(({ params }) => params['with']);
  const answers = useScreen(({ params }) => params['answers']);
  const step = useScreen(({ params }) => Number(params['step'] ?? 0));
  useEffect(listenToArrows, []);
  useEffect(() => pauseBoth, []);
  useEffect(
    () => void compareOnArrival({ with: asked, answers }, Number.isInteger(step) ? step : 0),
    [opened, asked, answers, step],
  );
  return (
    <div className="compare" aria-busy={busy || playing !== null}>
      <h2>Compare two runs in lock-step</h2>
      <ContenderPicker />
      {problem !== '' && (
        <p role="alert" className="compare-problem">
          {problem}
        </p>
      )}
      {sides === null && problem === '' && !busy && <NothingToCompare />}
      {sides !== null && <Compared sides={sides} />}
    </div>
  );
}
