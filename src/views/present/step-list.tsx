import { nextStep } from '../../store/next-step.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { actorName } from '../shell/actor-name.ts';

/** Steps told before the moment shown. */
const BEFORE = 7;

/** The last steps in words, the newest below, and the one that comes next: what the marks of the timeline stand for. */
export function StepList() {
  const records = useWorkbench((state) => state.records);
  const cursor = useWorkbench((state) => state.cursor);
  const choices = useWorkbench((state) => state.choices);
  const seed = useWorkbench((state) => state.seed);
  const next = nextStep({ cursor, records, choices, seed });
  const first = Math.max(0, cursor - BEFORE);
  return (
    <ol className="present-steps" start={first + 1} aria-label="The last steps, and the next">
      {records.slice(first, cursor).map((record) => (
        <Line
          key={record.index}
          number={record.index + 1}
          actor={record.actor}
          label={record.label}
          isNow={record.index + 1 === cursor}
          fails={record.violations.length > 0}
        />
      ))}
      {next === null ? (
        <li className="present-next">The end: nobody can move.</li>
      ) : (
        <Line number={cursor + 1} actor={next.actor} label={next.label} isNext />
      )}
    </ol>
  );
}

interface LineProps {
  readonly number: number;
  readonly actor: number;
  readonly label: string;
  readonly isNow?: boolean;
  readonly isNext?: boolean;
  readonly fails?: boolean;
}

function Line({ number, actor, label, isNow = false, isNext = false, fails = false }: LineProps) {
  const info = useWorkbench((state) => state.opened?.actors[actor]);
  return (
    <li className={isNext ? 'present-next' : undefined} aria-current={isNow ? 'step' : undefined}>
      <span className="present-number">{isNext ? 'next' : number}</span>
      <span className="actor-name" data-cpu={info?.cpu}>
        {actorName(info)}
      </span>{' '}
      {label}
      {fails && <strong className="present-fails"> ✕ a property fails</strong>}
    </li>
  );
}
