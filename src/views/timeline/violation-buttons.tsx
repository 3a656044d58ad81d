import { useMemo } from 'react';
import { gathered } from '../../worker/gathering.ts';
import { gatherBreaking } from '../../worker/breaking.ts';
import { seek, useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';

/** More than this many are only counted. */
const MOST = 3;

/** Every violation of the run in words; a press leads there. */
export function ViolationButtons() {
  const records = useWorkbench((state) => state.records);
  const badOf = useMemo(() => gathered(gatherBreaking), []);
  const bad = useMemo(() => badOf(records), [badOf, records]);
  if (bad.length === 0) return null;
  return (
    <div className="tl-violations" role="group" aria-label="Violations">
      {bad.slice(0, MOST).map(({ index, violations }) => (
        <Button
          key={index}
          className="tl-violation-button"
          title={violations.map(({ why }) => why).join('; ')}
          onClick={() => void seek(index + 1)}
        >
          <Icon name="violation" /> Violation at step {index + 1}
        </Button>
      ))}
      {bad.length > MOST && <span>and {bad.length - MOST} more</span>}
    </div>
  );
}
