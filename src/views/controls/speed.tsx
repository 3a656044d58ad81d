import { SPEEDS } from '../../store/play.ts';
import { setSpeed, useWorkbench } from '../../store/workbench.ts';

/** How fast is played: one speed for the workbench and for comparisons. */
export function Speed() {
  const speed = useWorkbench((state) => state.stepsPerSecond);
  return (
    <select
      className="field"
      aria-label="Speed of playing"
      data-keys="page"
      value={speed}
      onChange={({ target }) => setSpeed(Number(target.value))}
    >
      {SPEEDS.map((value) => (
        <option key={value} value={value}>
          {value === 1 ? '1 step/s' : `${String(value)} steps/s`}
        </option>
      ))}
    </select>
  );
}
