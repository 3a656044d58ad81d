import { lazy, Suspense, useEffect, useRef } from 'react';
import type { Scene } from '../../machine/decode.ts';
import { seek, useWorkbench } from '../../store/workbench.ts';
import { FrameChip } from '../threads/frame-chip.tsx';
import { framesNamed, RichText } from '../threads/rich-text.tsx';
import type { Property } from '../../properties/properties.ts';
import type { Failure } from './verdicts.ts';

/** Only deadlocks need it. */
const WaitCycle = lazy(() => import('./wait-cycle.tsx').then((module) => ({ default: module.WaitCycle })));

interface FailureCardProps {
  readonly id: string;
  readonly scene: Scene;
  readonly property: Property;
  readonly failure: Failure;
  readonly actorName: string;
  readonly onClose: () => void;
}

/** Why a property failed, at which step, and which frames were in it. */
export function FailureCard({ id, scene, property, failure, actorName, onClose }: FailureCardProps) {
  const { step, reasons } = failure;
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => card.current?.focus(), [property.id]);
  const inReasons = new Set(reasons.flatMap((reason) => framesNamed(scene.world, reason)));
  const others = [...new Set(step.frames)].filter((frame) => frame !== 0 && !inReasons.has(frame));
  return (
    <div
      ref={card}
      id={id}
      className="failure-card"
      role="group"
      aria-label={`${property.title} fails`}
      tabIndex={-1}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <p>
        <b>{property.title}</b> fails when {property.failsWhen}.
      </p>
      {reasons.map((reason) => (
        <p key={reason} className="failure-reason">
          <RichText scene={scene} text={reason} />
        </p>
      ))}
      {property.id === 'no-deadlock' && <Deadlock scene={scene} failure={failure} />}
      <p>
        First seen after step {step.index + 1}: {actorName}, “{step.label}”.{' '}
        {others.map((frame) => (
          <FrameChip key={frame} scene={scene} frame={frame} />
        ))}
      </p>
      <p className="failure-actions">
        <button onClick={() => void seek(step.index + 1)}>Go to just after step {step.index + 1}</button>
        <button
          onClick={() => {
            onClose();
            void seek(step.index);
          }}
        >
          Go to just before
        </button>
        <WhatMatters property={property.id} steps={step.index + 1} onShow={onClose} />
        <button onClick={onClose}>Close</button>
      </p>
    </div>
  );
}

interface WhatMattersProps {
  readonly property: string;
  /** Of the run on screen, up to the one that broke it. */
  readonly steps: number;
  readonly onShow: () => void;
}

/** The way from a run of one's own to what in it matters, and to a shorter one. */
function WhatMatters({ property, steps, onShow }: WhatMattersProps) {
  const kind = useWorkbench((state) => state.opened?.source.kind);
  if (kind !== 'scenario') return null;
  return (
    <button
      onClick={() => {
        onShow();
        void import('../../store/counterexample.ts').then(({ explainOwnRun }) =>
          explainOwnRun(property, steps),
        );
      }}
    >
      Which steps matter?
    </button>
  );
}

function Deadlock({ scene, failure }: { readonly scene: Scene; readonly failure: Failure }) {
  const actors = useWorkbench((state) => state.opened?.actors);
  const waits = failure.step.violations.find(({ property }) => property === 'no-deadlock')?.waits;
  if (waits === undefined || waits === null || actors === undefined) return null;
  return (
    <Suspense fallback={null}>
      <WaitCycle scene={scene} actors={actors} waits={waits} />
    </Suspense>
  );
}
