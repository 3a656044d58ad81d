import { atEnd, pause, play } from '../../store/play.ts';
import { advance, back, moveLine, runOn, seek, useWorkbench } from '../../store/workbench.ts';
import { ActorButtons } from './actor-buttons.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { PlayOptions } from './play-options.tsx';
import { RunProgress } from './run-progress.tsx';
import { Story } from './story.tsx';
import './transport.css';

/** Everything that moves the run on or back, and what just happened. */
export function Transport() {
  return (
    <section className="transport" aria-label="Controls">
      <div className="transport-row">
        <Moves />
        <Position />
        <ActorButtons />
        <PlayOptions />
        <RunProgress />
      </div>
      <Story />
    </section>
  );
}

function Moves() {
  const isAtStart = useWorkbench(({ cursor }) => cursor === 0);
  const isAtEnd = useWorkbench(atEnd);
  const playing = useWorkbench((state) => state.playing);
  return (
    <div className="moves" role="group" aria-label="Move in time">
      <Button
        label="To the start"
        title="To the start (Home)"
        unavailable={isAtStart}
        onClick={() => void seek(0)}
      >
        <Icon name="start" />
      </Button>
      <Button
        label="Back by a line"
        title="Back to where this line of the outer routine began (Shift ←)"
        unavailable={isAtStart}
        onClick={() => void moveLine(-1)}
      >
        <Icon name="lineBack" />
      </Button>
      <Button label="Step back" title="Step back (←)" unavailable={isAtStart} onClick={() => void back()}>
        <Icon name="back" />
      </Button>
      <Button
        look="primary"
        className="transport-step"
        title="Take the next step (→)"
        unavailable={isAtEnd}
        onClick={() => void advance()}
      >
        <Icon name="step" /> Step
      </Button>
      <Button
        label="On by a line"
        title="To the next line of the outer routine: many steps of one actor (Shift →)"
        unavailable={isAtEnd}
        onClick={() => void moveLine(1)}
      >
        <Icon name="line" />
      </Button>
      <Button
        className="transport-play"
        title={playing ? 'Pause (Space)' : 'Play (Space)'}
        unavailable={isAtEnd && !playing}
        onClick={playing ? pause : () => void play()}
      >
        <Icon name={playing ? 'pause' : 'play'} /> {playing ? 'Pause' : 'Play'}
      </Button>
      <Button
        label="Run to the end"
        title="Run until nobody can move (End)"
        unavailable={isAtEnd}
        onClick={() => void runOn()}
      >
        <Icon name="end" />
      </Button>
    </div>
  );
}

function Position() {
  const cursor = useWorkbench((state) => state.cursor);
  const length = useWorkbench((state) => state.length);
  return (
    <p className="position">
      step <strong>{cursor.toLocaleString('en')}</strong> of {length.toLocaleString('en')}
    </p>
  );
}
