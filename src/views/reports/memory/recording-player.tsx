import { useEffect, useMemo, useState } from 'react';
import { mapAt, type Recording } from '../../../reports/memory/recording.ts';
import { Button } from '../../controls/button.tsx';
import { FrameMap } from '../../frame-map/frame-map.tsx';
import { stepWords } from './step-words.ts';

interface PlayerProps {
  readonly label: string;
  readonly recording: Recording;
  readonly framesPerNode: number;
}

/** All of it is played in about so many pictures, whatever its length. */
const PICTURES = 500;

/** A recording on the memory map: step by step, fast, or at any moment. */
export function RecordingPlayer({ label, recording, framesPerNode }: PlayerProps) {
  const total = recording.steps.length;
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const map = useMemo(() => mapAt(recording, at), [recording, at]);
  const borders = useMemo(
    () => Array.from({ length: map.length / framesPerNode - 1 }, (_, i) => (i + 1) * framesPerNode),
    [map.length, framesPerNode],
  );
  const isOver = at >= total;
  useEffect(() => {
    if (!playing || isOver) return;
    const request = requestAnimationFrame(() => setAt(Math.min(total, at + Math.ceil(total / PICTURES))));
    return () => cancelAnimationFrame(request);
  }, [playing, isOver, at, total]);
  const go = (to: number): void => {
    setPlaying(false);
    setAt(Math.min(total, Math.max(0, to)));
  };
  const runs = playing && !isOver;
  const step = recording.steps[at - 1];
  return (
    <div className="report" aria-busy={runs}>
      <div className="player" role="group" aria-label="Steps">
        <Button unavailable={at === 0} onClick={() => go(at - 1)}>
          Step back
        </Button>
        <Button look="primary" unavailable={isOver} onClick={() => go(at + 1)}>
          Step
        </Button>
        <Button
          unavailable={total === 0}
          onClick={() => {
            if (isOver) setAt(0);
            setPlaying(!runs);
          }}
        >
          {runs ? 'Pause' : 'Play fast'}
        </Button>
        <Button onClick={() => go(0)}>Start</Button>
        <Button onClick={() => go(total)}>End</Button>
        <input
          type="range"
          aria-label="Step shown"
          aria-valuetext={`step ${String(at)} of ${String(total)}`}
          min={0}
          max={total}
          value={at}
          onChange={({ target }) => go(Number(target.value))}
        />
        <p role={runs ? undefined : 'status'}>
          Step {at.toLocaleString('en')} of {total.toLocaleString('en')}
          {step === undefined ? ': before the first step' : `: ${stepWords(step)}`}
        </p>
      </div>
      <FrameMap
        label={label}
        map={map}
        borders={borders}
        marked={
          step === undefined
            ? -1
            : step.to >= 0 && step.op !== 'isolate' && step.op !== 'offline'
              ? step.to
              : step.frame
        }
        nameOf={(frame) =>
          `Frame ${frame.toLocaleString('en')}, node ${String(Math.floor(frame / framesPerNode))}`
        }
      />
    </div>
  );
}
