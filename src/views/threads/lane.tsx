import { memo, useEffect, useRef, useState } from 'react';
import type { Scene } from '../../machine/decode.ts';
import { runActor } from '../../store/workbench.ts';
import { actorName } from '../shell/actor-name.ts';
import { actorState, type ActorView, type Status } from './actor-state.ts';
import { CodeBox } from './code-box.tsx';
import { Holdings } from './holdings.tsx';
import { pointing, toggleSelected, useCpuMark } from './linked.ts';
import { NextStep } from './next-step.tsx';

const STATUS_WORDS: Readonly<Record<Status, readonly [sign: string, words: string]>> = {
  ready: ['▶', 'can move'],
  waiting: ['‖', 'waiting'],
  idle: ['○', 'idle'],
  finished: ['✓', 'finished'],
  stopped: ['✕', 'stopped for ever'],
};

interface LaneProps {
  readonly scene: Scene;
  readonly actor: number;
  readonly view: ActorView;
  readonly changed: ReadonlySet<string>;
}

/** One actor: what it runs, where it is, what it holds, and its next step. Threads show their code, others on demand. */
export function Lane({ scene, actor, view, changed }: LaneProps) {
  const { info, program, choices } = view;
  const state = actorState(scene, view);
  const isThread = info.kind === 'thread';
  const [open, setOpen] = useState(isThread);
  const marked = useCpuMark(info.cpu, actor);
  const lane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (marked === 'chosen') lane.current?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  const name = actorName(info);
  const line = state.status === 'finished' || state.status === 'stopped' ? -1 : state.line;
  return (
    <article
      ref={lane}
      className="lane"
      data-cpu={info.cpu < 0 ? undefined : info.cpu % 4}
      data-marked={marked}
      data-thread={isThread}
      aria-label={name}
    >
      <header className="lane-header">
        <LaneName actor={actor} name={name} marked={marked === 'chosen'} />
        <StatusBadge status={state.status} />
        {state.mode !== '' && <span className="mode">{state.mode}</span>}
        {!isThread && (
          <button className="lane-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide program' : 'Program'}
          </button>
        )}
      </header>
      {open && <CodeBox actor={actor} program={program} line={line} name={name} />}
      <div className="lane-steps">
        <NextStep scene={scene} name={name} status={state.status} choices={choices} />
        <RunButton actor={actor} name={name} possible={choices.some(({ enabled }) => enabled)} />
      </div>
      {open && <Holdings scene={scene} program={program} cpu={isThread ? info.cpu : -1} changed={changed} />}
    </article>
  );
}

interface RunButtonProps {
  readonly actor: number;
  readonly name: string;
  readonly possible: boolean;
}

const RunButton = memo(function RunButton({ actor, name, possible }: RunButtonProps) {
  const label = `Run ${name} until it blocks`;
  return (
    <button
      className="run-button"
      aria-disabled={!possible}
      aria-label={label}
      title={label}
      onClick={() => {
        if (possible) void runActor(actor);
      }}
    >
      Run<span className="when-wide"> until it blocks</span>
    </button>
  );
});

interface LaneNameProps {
  readonly actor: number;
  readonly name: string;
  readonly marked: boolean;
}

const LaneName = memo(function LaneName({ actor, name, marked }: LaneNameProps) {
  const selection = { kind: 'actor', actor } as const;
  return (
    <h3>
      <button
        className="lane-name"
        aria-pressed={marked}
        onClick={() => toggleSelected(selection)}
        {...pointing(selection)}
      >
        {name}
      </button>
    </h3>
  );
});

const StatusBadge = memo(function StatusBadge({ status }: { readonly status: Status }) {
  const [sign, words] = STATUS_WORDS[status];
  return (
    <span className="status" data-status={status}>
      <span aria-hidden="true">{sign}</span> {words}
    </span>
  );
});
