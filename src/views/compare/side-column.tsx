import type { Side } from '../../store/compare.ts';
import { runEnded, verdicts } from '../properties/verdicts.ts';
import { actorState } from '../threads/actor-state.ts';
import { actorName } from '../threads/actor-name.ts';

interface SideColumnProps {
  readonly side: Side;
  readonly place: 'Left' | 'Right';
}

/** One side at this moment: what fails there, and where each of its threads is. */
export function SideColumn({ side, place }: SideColumnProps) {
  const { title, opened, records, cursor, scene } = side;
  const ended = runEnded(scene, opened);
  const judged = verdicts({ records, cursor, ended, wholeTableSteps: scene.world.wholeTableSteps });
  const bad = judged.filter(({ failure }) => failure !== null);
  return (
    <section className="compare-side" aria-label={`${place}: ${title}`}>
      <h3>
        {place}: {title}
      </h3>
      <ul className="compare-verdicts" aria-label={`Properties at the ${place.toLowerCase()}`}>
        {bad.length === 0 && <li data-result="holds">✓ {ended ? 'all held' : 'none fails so far'}</li>}
        {bad.map(({ property, result, failure }) => (
          <li key={property.id} data-result={result} title={failure?.reasons.join('; ')}>
            {result === 'fails' ? '✕' : '!'} {property.title}: {result === 'fails' ? 'FAILS' : 'warning'} at
            its step {(failure?.step.index ?? 0) + 1}
          </li>
        ))}
      </ul>
      <ul className="compare-threads">
        {opened.actors.map((info, actor) => {
          const program = opened.programs[actor];
          if (info.kind !== 'thread' || program === undefined) return null;
          const { line, mode } = actorState(scene, { info, program, choices: [] });
          return (
            <li key={info.id}>
              <span className="actor-name" data-cpu={info.cpu}>
                {actorName(info)}
              </span>{' '}
              <code>{program.lines[line]?.text}</code> <span className="dim">{mode}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
