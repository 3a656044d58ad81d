import { type Counterexample, letGoOn } from '../../store/counterexample.ts';
import { seek, useWorkbench } from '../../store/workbench.ts';
import type { Analysis, Turn } from '../../worker/analysis.ts';
import type { ToldStep } from '../../worker/told-moves.ts';
import { Button } from '../controls/button.tsx';
import { actorName } from '../shell/actor-name.ts';
import { useFollowed } from './use-followed.ts';

interface ExplanationProps {
  readonly shown: Counterexample;
  readonly analysis: Analysis;
}

/** The turns without which nothing breaks, each with the way round it, and the step that breaks. */
export function Explanation({ shown, analysis: { turns, last } }: ExplanationProps) {
  const followed = useFollowed(shown) ?? 0;
  return (
    <>
      <h3>{turns.length === 0 ? 'The step that breaks it' : 'The turns that matter'}</h3>
      {turns.length > 0 && (
        <p className="counterexample-hint">
          Each of these stops an actor that could go on. Let it go on until it waits or is done, and the
          others then as here: the property holds.
        </p>
      )}
      <ol className="counterexample-turns">
        {turns.map((turn) => (
          <TurnItem key={turn.before.index} shown={shown} turn={turn} followed={followed} />
        ))}
        {last !== null && (
          <li>
            <StepButton step={last} followed={followed} />{' '}
            <span className="counterexample-then">breaks it.</span>
          </li>
        )}
      </ol>
    </>
  );
}

interface TurnItemProps {
  readonly shown: Counterexample;
  readonly turn: Turn;
  readonly followed: number;
}

function TurnItem({ shown, turn, followed }: TurnItemProps) {
  const { before, after, resumes } = turn;
  const name = useActorName(before.actor);
  return (
    <li>
      <StepButton step={before} followed={followed} />{' '}
      <span className="counterexample-then">is stopped; others come in between, from</span>{' '}
      <StepButton step={after} followed={followed} /> <span className="counterexample-then">on, until</span>{' '}
      <StepButton step={resumes} followed={followed} />{' '}
      <Button onClick={() => void letGoOn(shown, turn, `${name} goes on`)}>
        Let {name} go on after step {before.index + 1}
      </Button>
    </li>
  );
}

function useActorName(id: string): string {
  const name = useWorkbench(({ opened }) => actorName(opened?.actors.find((actor) => actor.id === id)));
  return name === '' ? id : name;
}

interface StepButtonProps {
  readonly step: ToldStep;
  /** Steps that the run on screen shares with the counterexample: beyond them there is nothing to go to. */
  readonly followed: number;
}

/** Goes to the moment just after a step. */
function StepButton({ step: { index, actor, label }, followed }: StepButtonProps) {
  const isThere = index < followed;
  const isHere = useWorkbench((state) => isThere && state.cursor === index + 1);
  const name = useActorName(actor);
  return (
    <button
      type="button"
      className="counterexample-step"
      aria-current={isHere ? 'step' : undefined}
      aria-disabled={!isThere || undefined}
      onClick={() => {
        if (isThere) void seek(index + 1);
      }}
    >
      <b>{index + 1}</b> {name}: {label}
    </button>
  );
}
