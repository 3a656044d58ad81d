import { lazy, Suspense } from 'react';
import { nextStep } from '../../store/next-step.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { propertyOf } from '../../properties/properties.ts';
import type { StepRecord } from '../../worker/moment-messages.ts';
import { actorName } from '../shell/actor-name.ts';
import { Icon } from './icon.tsx';

/** Before the first step there is nothing to tell. */
const ChangesLine = lazy(() =>
  import('../inspector/changes-line.tsx').then((module) => ({ default: module.ChangesLine })),
);

/** Two lines that never change their height: what just happened, and what Step will do. */
export function Story() {
  return (
    <dl className="story">
      <JustNow />
      <Next />
    </dl>
  );
}

interface LineProps {
  readonly actor: number;
  readonly label: string;
}

function StepText({ actor, label }: LineProps) {
  const info = useWorkbench((state) => state.opened?.actors[actor]);
  return (
    <span className="story-step" title={label}>
      <span className="actor-name" data-cpu={info?.cpu}>
        {actorName(info)}
      </span>{' '}
      {label}
    </span>
  );
}

function JustNow() {
  const record = useWorkbench(({ records, following }) => records[following.cursor - 1]);
  const about = useWorkbench((state) => state.opened?.about);
  return (
    <div className="story-line">
      <dt>{record === undefined ? 'At the start' : 'Just now'}</dt>
      <dd>
        {record === undefined ? (
          <span className="story-step" title={about}>
            {about}
          </span>
        ) : (
          <>
            <Stopped />
            <Violations record={record} />
            <StepText {...record} />
            <Suspense fallback={null}>
              <ChangesLine />
            </Suspense>
          </>
        )}
      </dd>
    </div>
  );
}

/** Why a run came to stand here, where the reader had asked for it. */
function Stopped() {
  const why = useWorkbench((state) => state.stopped?.why ?? '');
  return why === '' ? null : <strong className="story-stop">Stopped: {why}</strong>;
}

function Violations({ record }: { readonly record: StepRecord }) {
  return record.violations.map(({ property, why }) => (
    <strong key={property + why} className="story-violation" title={why}>
      <Icon name="violation" /> violates “{propertyOf(property)?.title}”
    </strong>
  ));
}

function Next() {
  const { cursor, choices } = useWorkbench((state) => state.following);
  const records = useWorkbench((state) => state.records);
  const seed = useWorkbench((state) => state.seed);
  const isOpen = useWorkbench((state) => state.opened !== null);
  const next = nextStep({ cursor, records, choices, seed });
  return (
    <div className="story-line">
      <dt>Next</dt>
      <dd>
        {next !== null && <StepText actor={next.actor} label={next.label} />}
        {next === null && isOpen && <span className="story-step">The end: nobody can move.</span>}
        {cursor === 0 && next !== null && (
          <span className="story-hint">
            <kbd>→</kbd> step <kbd>Space</kbd> play <kbd>?</kbd> help
          </span>
        )}
      </dd>
    </div>
  );
}
