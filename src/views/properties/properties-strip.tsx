import { memo, type RefObject, useCallback, useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { PropertyId } from '../../properties/properties.ts';
import { explain, useExplained } from '../../store/strip.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { NothingOpen } from '../nothing-open.tsx';
import { actorName } from '../shell/actor-name.ts';
import { FailureCard } from './failure-card.tsx';
import { type Result, runEnded, type Verdict, verdicts } from './verdicts.ts';
import './properties.css';

const RESULT_LOOKS: Readonly<Record<Result, { sign: string; words: string; meaning: string }>> = {
  holds: { sign: '✓', words: 'holds', meaning: 'Holds so far.' },
  untried: {
    sign: '○',
    words: 'not tried',
    meaning: 'Nothing has happened yet that could break it: that it holds says nothing.',
  },
  fails: { sign: '✕', words: 'FAILS', meaning: 'Fails.' },
  warns: { sign: '!', words: 'WARNING', meaning: 'Fails, but no verdict depends on it.' },
  pending: { sign: '…', words: 'at the end', meaning: 'Judged when every thread is at its end.' },
  skipped: { sign: '–', words: 'not judged', meaning: 'Not judged for real processes.' },
};

/** What must hold, and whether it does at this moment of the run. */
export function PropertiesStrip() {
  const opened = useWorkbench((state) => state.opened);
  const { scene, cursor } = useWorkbench((state) => state.following);
  const records = useWorkbench((state) => state.records);
  const shown = useExplained(({ property }) => property);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const ended = opened !== null && scene !== null && runEnded(scene, opened);
  const wholeTableSteps = scene?.world.wholeTableSteps ?? false;
  const judged = useMemo(
    () => verdicts({ records, cursor, ended, wholeTableSteps }),
    [records, cursor, ended, wholeTableSteps],
  );
  const toggle = useCallback(
    (id: PropertyId) => explain(useExplained.getState().property === id ? null : id),
    [],
  );
  useFailureInSight(list, judged);
  if (opened === null || scene === null) return <NothingOpen what="its properties" />;
  const failing = judged.find(({ property }) => property.id === shown);
  const close = (): void => {
    list.current?.focus();
    explain(null);
  };
  const actor = opened.actors[failing?.failure?.step.actor ?? 0];
  return (
    <section className="properties" aria-label="Properties">
      <Summary judged={judged} ended={ended} onShow={explain} />
      <ul ref={list} tabIndex={0} aria-label="What must hold">
        {judged.map((verdict) => (
          <PropertyChip
            key={verdict.property.id}
            {...verdict}
            ended={ended}
            controls={id}
            open={shown === verdict.property.id}
            onToggle={toggle}
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

/** Where the list does not hold all, it is scrolled to the first that fails. */
function useFailureInSight(list: RefObject<HTMLUListElement | null>, judged: readonly Verdict[]): void {
  const first = judged.findIndex(({ result }) => result === 'fails');
  useLayoutEffect(() => {
    const [row, chip] = [list.current, list.current?.children[first]];
    if (row === null || chip === undefined) return;
    row.scrollLeft += chip.getBoundingClientRect().left - row.getBoundingClientRect().left;
  }, [list, first]);
}

interface SummaryProps {
  readonly judged: readonly Verdict[];
  readonly ended: boolean;
  readonly onShow: (property: PropertyId) => void;
}

/** All of them in a few words, where the chips may be out of sight; leads to the first that fails. */
function Summary({ judged, ended, onShow }: SummaryProps) {
  const failing = judged.filter(({ result }) => result === 'fails');
  const [first] = failing;
  if (first === undefined)
    return (
      <p className="properties-summary">
        <span className="verdict-sign" aria-hidden="true">
          ✓
        </span>{' '}
        {ended ? 'All held' : 'None fails'}
      </p>
    );
  return (
    <button className="properties-summary" data-result="fails" onClick={() => onShow(first.property.id)}>
      <span aria-hidden="true">✕</span> {failing.length === 1 ? '1 fails' : `${String(failing.length)} fail`}
    </button>
  );
}

interface PropertyChipProps extends Verdict {
  readonly ended: boolean;
  readonly controls: string;
  readonly open: boolean;
  readonly onToggle: (property: PropertyId) => void;
}

const PropertyChip = memo(function PropertyChip(props: PropertyChipProps) {
  const { property, result, failure, ended, controls, open, onToggle } = props;
  const { sign, words, meaning } = RESULT_LOOKS[result];
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
    <li className="property" data-result={result} title={`${meaning} Fails when ${property.failsWhen}.`}>
      {failure === null ? (
        <span className="property-chip">{body}</span>
      ) : (
        <button
          className="property-chip"
          aria-expanded={open}
          aria-controls={controls}
          onClick={() => onToggle(property.id)}
        >
          {body} <span className="dim">step {failure.step.index + 1}</span>
        </button>
      )}
    </li>
  );
});
