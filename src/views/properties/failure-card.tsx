import { useEffect, useRef } from 'react';
import type { Scene } from '../../machine/decode.ts';
import { seek } from '../../store/workbench.ts';
import { FrameChip } from '../threads/frame-chip.tsx';
import { framesNamed, RichText } from '../threads/rich-text.tsx';
import type { Property } from '../../properties/properties.ts';
import type { Failure } from './verdicts.ts';

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
        <button onClick={onClose}>Close</button>
      </p>
    </div>
  );
}
