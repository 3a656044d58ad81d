import { useMemo } from 'react';
import type { Side } from '../../store/compare-side.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { followedWords } from './followed-words.ts';
import { runEnded, type Verdict, verdicts } from '../properties/verdicts.ts';
import { OtherRun, type ShownRun } from '../shown-run.ts';
import { DesignInWords } from '../shell/design-in-words.tsx';
import { type ViewName, VIEWS } from '../shell/views.tsx';
import { actorState } from '../threads/actor-state.ts';
import { actorName } from '../shell/actor-name.ts';
import type { Differences } from './differences.ts';

interface SideColumnProps {
  readonly side: Side;
  readonly place: 'Left' | 'Right';
  readonly views: readonly ViewName[];
  readonly differences: Differences;
  /** Whether what is pointed at and chosen is marked here: it may be about the machine of the other side. */
  readonly marks: boolean;
  /** The pointer or the focus came to this side. */
  readonly onActive: () => void;
}

/** One side at this moment: what fails there, where each of its threads is, and views of its machine. */
export function SideColumn(props: SideColumnProps) {
  const { side, place, views, differences, marks, onActive } = props;
  const selection = useWorkbench((state) => (marks ? state.selection : null));
  const hover = useWorkbench((state) => (marks ? state.hover : null));
  const run: ShownRun = {
    ...side,
    ...{ selection, hover, differs: differences.differs },
  };
  return (
    <section
      className="compare-side"
      aria-label={`${place}: ${side.title}`}
      onPointerOverCapture={onActive}
      onFocusCapture={onActive}
    >
      <div className="compare-head">
        <h3>
          {place}: {side.title}
        </h3>
        {Object.keys(side.opened.source.overrides).length > 0 && (
          <p className="dim">
            <DesignInWords {...side.opened.source} />
          </p>
        )}
        <LeftOut side={side} />
        <Verdicts side={side} place={place} />
        <Threads side={side} />
      </div>
      <OtherRun value={run}>
        {views.map((view) => (
          <div
            key={view}
            className="compare-view"
            data-view={view}
            data-place={place}
            role="group"
            aria-label={`${VIEWS[view].title}, ${place.toLowerCase()}`}
          >
            {VIEWS[view].element}
          </div>
        ))}
      </OtherRun>
    </section>
  );
}

/** How much of the schedule this side could not follow, up to its end: a state after many such steps tells little. */
function LeftOut({ side: { rows } }: Pick<SideColumnProps, 'side'>) {
  const told = useMemo(() => followedWords(rows), [rows]);
  return <p className="compare-followed dim">{told}</p>;
}

/** What fails so far; as high as all that fails up to the end, so that nothing below moves when it does. */
function Verdicts({ side, place }: Pick<SideColumnProps, 'side' | 'place'>) {
  const { opened, records, cursor, scene } = side;
  const { wholeTableSteps } = scene.world;
  const ended = runEnded(scene, opened);
  const now = verdicts({ records, cursor, ended, wholeTableSteps });
  const atEnd = useMemo(
    () => verdicts({ records, cursor: records.length, ended: true, wholeTableSteps }),
    [records, wholeTableSteps],
  );
  return (
    <div className="compare-verdicts">
      <ul aria-label={`Properties at the ${place.toLowerCase()}`}>
        <Failures judged={now} none={ended ? 'all held' : 'none fails so far'} />
      </ul>
      <ul aria-hidden="true">
        <Failures judged={atEnd} none="all held" />
      </ul>
    </div>
  );
}

function Failures({ judged, none }: { readonly judged: readonly Verdict[]; readonly none: string }) {
  const bad = judged.filter(({ failure }) => failure !== null);
  if (bad.length === 0) return <li data-result="holds">✓ {none}</li>;
  return bad.map(({ property, result, failure }) => (
    <li key={property.id} data-result={result}>
      {result === 'fails' ? '✕' : '!'} {property.title}: {result === 'fails' ? 'FAILS' : 'warning'} at its
      step {(failure?.step.index ?? 0) + 1}
      <span className="compare-reason">{failure?.reasons.join('; ')}</span>
    </li>
  ));
}

function Threads({ side: { opened, scene } }: Pick<SideColumnProps, 'side'>) {
  return (
    <ul className="compare-threads" aria-label="Threads">
      {opened.actors.map((info, actor) => {
        const program = opened.programs[actor];
        if (info.kind !== 'thread' || program === undefined) return null;
        const { line, mode } = actorState(scene, { info, program, choices: [] });
        const text = program.lines[line]?.text;
        return (
          <li key={info.id} title={text}>
            <span className="actor-name" data-cpu={info.cpu}>
              {actorName(info)}
            </span>{' '}
            <code>{text}</code> <span className="dim">{mode}</span>
          </li>
        );
      })}
    </ul>
  );
}
