import { useCompare } from '../../store/compare.ts';
import {
  goBothTo,
  isAtItsEnd,
  pauseBoth,
  playBoth,
  type PlayStop,
  useComparePlay,
} from '../../store/compare-play.ts';
import { nearestMoment } from '../../store/compare-rows.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { Speed } from '../controls/speed.tsx';

const go = (moment: number) => () => goBothTo(moment);

/** A step of both at a time, or all of them. */
export function MoveButtons({ index, length }: { readonly index: number; readonly length: number }) {
  const [isFirst, isLast] = [index === 0, index === length];
  return (
    <div className="compare-group">
      <Button label="To the start" title="To the start (Home)" unavailable={isFirst} onClick={go(0)}>
        <Icon name="start" />
      </Button>
      <Button label="Step both back" title="Step both back (←)" unavailable={isFirst} onClick={go(index - 1)}>
        <Icon name="back" />
      </Button>
      <Button look="primary" title="Step both (→)" unavailable={isLast} onClick={go(index + 1)}>
        <Icon name="step" /> Step both
      </Button>
      <Button label="To the end" title="To the end (End)" unavailable={isLast} onClick={go(length)}>
        <Icon name="end" />
      </Button>
    </div>
  );
}

const STOPS: readonly (readonly [PlayStop, string])[] = [
  ['end', 'to the end'],
  ['difference', 'to the first difference'],
  ['failure', 'to the first failure'],
];

/** Both play, on or back, at the speed of the workbench. */
export function PlayBoth() {
  const stop = useComparePlay((state) => state.stop);
  return (
    <div className="compare-group">
      <PlayButton by={-1} />
      <PlayButton by={1} />
      <select
        className="field"
        aria-label="How far is played"
        title="From there it is played on to the end, or back to the start"
        value={stop}
        onChange={({ target }) => {
          const chosen = STOPS.find(([id]) => id === target.value);
          if (chosen !== undefined) useComparePlay.setState({ stop: chosen[0] });
        }}
      >
        {STOPS.map(([id, words]) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </select>
      <Speed />
    </div>
  );
}

function PlayButton({ by }: { readonly by: 1 | -1 }) {
  const playing = useCompare((state) => state.playing === by);
  const ended = useCompare((state) => isAtItsEnd(state, by));
  const [verb, key] = by === 1 ? ['Play', 'Space'] : ['Play back', 'Shift Space'];
  return (
    <Button
      className="compare-play"
      title={playing ? 'Pause (Space)' : `${verb} (${key})`}
      unavailable={ended && !playing}
      onClick={playing ? pauseBoth : () => void playBoth(by)}
    >
      {(playing || by === 1) && <Icon name={playing ? 'pause' : 'play'} />} {playing ? 'Pause' : verb}
    </Button>
  );
}

/** To where both begin to differ, or one of them breaks a property. */
export function LandmarkButtons({ index }: { readonly index: number }) {
  const { differences, failure } = useCompare((state) => state.landmarks);
  const [first = null] = differences;
  return (
    <div className="compare-group">
      <DifferenceButton index={index} by={-1} />
      <Button
        label="To the first difference"
        title="To the first difference (D)"
        unavailable={first === null}
        onClick={go(first ?? index)}
      >
        First difference
      </Button>
      <DifferenceButton index={index} by={1} />
      <Button
        label="To the first failure"
        title="To the first step that breaks a property on either side (F)"
        unavailable={failure === null}
        onClick={go(failure ?? index)}
      >
        First failure
      </Button>
    </div>
  );
}

function DifferenceButton({ index, by }: { readonly index: number; readonly by: 1 | -1 }) {
  const moment = useCompare(({ landmarks }) => nearestMoment(landmarks.differences, index, by));
  const label = by === 1 ? 'To the next difference' : 'To the difference before';
  return (
    <Button
      label={label}
      title={`${label} (${by === 1 ? ']' : '['})`}
      unavailable={moment === null}
      onClick={go(moment ?? index)}
    >
      <Icon name={by === 1 ? 'line' : 'lineBack'} />
    </Button>
  );
}
