import { scenarioName } from '../../formats/scenario-document.ts';
import { PROGRESS_FAILS_WHEN } from '../../reports/verdicts.ts';
import { goRoundAgain } from '../../store/counterexample.ts';
import type { EndlessRun } from '../../store/endless.ts';
import { seek, useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { actorName } from '../shell/actor-name.ts';
import { DesignInWords } from '../shell/design-in-words.tsx';

interface EndlessRunProps {
  readonly shown: EndlessRun;
  /** Steps that the run on screen shares with it. */
  readonly followed: number;
}

/** A run that never ends: the way to where it begins to repeat, and what is repeated. */
export function EndlessRunWords({ shown, followed }: EndlessRunProps) {
  const { schedule, cycleStart, subject } = shown;
  const cycle = schedule.length - cycleStart;
  return (
    <>
      <p>
        <strong>Progress</strong> fails when {PROGRESS_FAILS_WHEN}. Here, with <DesignInWords {...subject} />{' '}
        in “{scenarioName(subject.scenario)}”, {cycleStart} steps lead to where it begins, then these {cycle}{' '}
        steps can repeat for ever: after step {schedule.length} everything is as it was after step{' '}
        {cycleStart}.
      </p>
      <Movers shown={shown} />
      <p className="counterexample-hint">The timeline has a bracket over the steps that repeat.</p>
      <div className="counterexample-ways">
        <Place to={cycleStart} followed={followed} words="Where it begins to repeat" />
        <Place to={schedule.length} followed={followed} words="Once round" />
        <Button unavailable={followed < schedule.length} onClick={() => void goRoundAgain(shown)}>
          Go round once more
        </Button>
      </div>
    </>
  );
}

/** Who takes part, and that it is fair: or it would not count. */
function Movers({ shown: { schedule, cycleStart } }: { readonly shown: EndlessRun }) {
  const actors = useWorkbench((state) => state.opened?.actors);
  const moving = new Set(schedule.slice(cycleStart).map(([actor]) => actor));
  const names = [...moving].sort((a, b) => a - b).map((actor) => actorName(actors?.[actor]));
  return (
    <p>
      In it {names.join(', ')} {names.length === 1 ? 'moves' : 'move'}. Whoever else is not finished has to
      wait at some point of each round, so nobody is treated unfairly, and still it does not end.
    </p>
  );
}

interface PlaceProps {
  readonly to: number;
  readonly followed: number;
  readonly words: string;
}

/** Goes to a moment of the run. */
function Place({ to, followed, words }: PlaceProps) {
  const isHere = useWorkbench((state) => to <= followed && state.cursor === to);
  return (
    <button
      type="button"
      className="counterexample-step"
      aria-current={isHere ? 'step' : undefined}
      aria-disabled={to > followed || undefined}
      onClick={() => {
        if (to <= followed) void seek(to);
      }}
    >
      {words}: after step <b>{to}</b>
    </button>
  );
}
