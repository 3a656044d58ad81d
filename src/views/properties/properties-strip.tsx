import { useId, useMemo, useRef, useState } from 'react';
import type { PropertyId } from '../../properties/properties.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { actorName } from '../threads/actor-name.ts';
import { FailureCard } from './failure-card.tsx';
import { runEnded, type Verdict, verdicts } from './verdicts.ts';
import './properties.css';

const RESULT_WORDS = {
  holds: ['✓', 'holds'],
  fails: ['✕', 'FAILS'],
  pending: ['…', 'at the end'],
} as const;

const RESULT_MEANINGS = {
  holds: 'Holds so far.',
  fails: 'Fails.',
  pending: 'Can only be judged when every thread is at its end.',
} as const;

/** What must hold, and whether it does at this moment of the run. */
export function PropertiesStrip() {
  const opened = useWorkbench((state) => state.opened);
  const scene = useWorkbench((state) => state.scene);
  const records = useWorkbench((state) => state.records);
  const cursor = useWorkbench((state) => state.cursor);
  const [shown, setShown] = useState<PropertyId | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const ended = opened !== null && scene !== null && runEnded(scene, opened);
  const judged = useMemo(() => verdicts(records, cursor, ended), [records, cursor, ended]);
  if (opened === null || scene === null)
    return <p className="view-empty">No run is open yet: its properties will stand here.</p>;
  const failing = judged.find(({ property }) => property.id === shown);
  const close = (): void => {
    list.current?.focus();
    setShown(null);
  };
  const actor = opened.actors[failing?.failure?.step.actor ?? 0];
  return (
    <section className="properties" aria-label="Properties">
      <ul ref={list} tabIndex={-1}>
        {judged.map((verdict) => (
          <PropertyChip
            key={verdict.property.id}
            verdict={verdict}
            ended={ended}
            controls={id}
            open={shown === verdict.property.id}
            onToggle={() => setShown(shown === verdict.property.id ? null : verdict.property.id)}
          />
        ))}
      </ul>
      {failing?.failure !== undefined && failing.failure !== null && (
        <FailureCard
          id={id}
          scene={scene}
          property={failing.property}
          failure={failing.failure}
          actorName={actor === undefined ? '' : actorName(actor)}
          onClose={close}
        />
      )}
    </section>
  );
}

interface PropertyChipProps {
  readonly verdict: Verdict;
  readonly ended: boolean;
  readonly controls: string;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function PropertyChip({ verdict, ended, controls, open, onToggle }: PropertyChipProps) {
  const { property, result, failure } = verdict;
  const [sign, words] = RESULT_WORDS[result];
  const said = result === 'holds' && ended ? 'held' : words;
  const body = (
    <>
      <span className="verdict-sign" aria-hidden="true">
        {sign}
      </span>
      <span>{property.title}</span> <b>{said}</b>
    </>
  );
  return (
    <li
      className="property"
      data-result={result}
      title={`${RESULT_MEANINGS[result]} Fails when ${property.failsWhen}.`}
    >
      {failure === null ? (
        <span className="property-chip">{body}</span>
      ) : (
        <button className="property-chip" aria-expanded={open} aria-controls={controls} onClick={onToggle}>
          {body} <span className="dim">step {failure.step.index + 1}</span>
        </button>
      )}
    </li>
  );
}
