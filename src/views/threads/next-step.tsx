import { memo } from 'react';
import type { Scene } from '../../machine/decode.ts';
import type { World } from '../../machine/world.ts';
import { point, step } from '../../store/workbench.ts';
import type { Choice } from '../../worker/moment-messages.ts';
import type { Status } from './actor-state.ts';
import { framesNamed, RichText } from './rich-text.tsx';

interface NextStepProps {
  readonly scene: Scene;
  readonly name: string;
  readonly status: Status;
  readonly choices: readonly Choice[];
}

/** The next step as a button for each move, or why there is none. The place of both stays the same. */
export function NextStep({ scene, name, status, choices }: NextStepProps) {
  const moves = status === 'idle' ? [] : choices;
  const why = whyNot({ scene, name, status, choices });
  return (
    <div className="next-step">
      {status === 'idle' && (
        <button className="step-button" aria-disabled="true">
          {choices[0]?.why ?? 'nothing to do'}
        </button>
      )}
      {moves.map((choice) => (
        <StepButton key={choice.move} world={scene.world} name={name} {...choice} />
      ))}
      {choices.length === 0 && status !== 'idle' && (
        <button className="step-button" aria-disabled="true">
          {status === 'stopped' ? 'no next step' : 'nothing left to do'}
        </button>
      )}
      {why !== null && <p className="why">{why}</p>}
    </div>
  );
}

function whyNot({ scene, status, choices }: NextStepProps) {
  if (status === 'finished') return 'finished: its program is at its end';
  if (status === 'stopped') return 'stopped for ever, after it did what it must not: see the properties';
  if (status === 'idle') return null;
  const why = choices.find(({ enabled }) => !enabled)?.why ?? '';
  if (why === '') return null;
  return (
    <>
      <span aria-hidden="true">‖ </span>
      <RichText scene={scene} text={why} />
    </>
  );
}

interface StepButtonProps extends Choice {
  readonly world: World;
  readonly name: string;
}

/** Not `disabled` when it cannot be pressed: it would lose the focus, and could not say what is waited for. */
const StepButton = memo(function StepButton(props: StepButtonProps) {
  const { world, name, actor, move, enabled, label } = props;
  const [frame] = framesNamed(world, label);
  const enter = (): void => {
    if (frame !== undefined) point({ kind: 'frame', frame });
  };
  const leave = (): void => {
    point(null);
  };
  return (
    <button
      className="step-button"
      aria-disabled={!enabled}
      aria-label={`${name}: ${label}`}
      title={enabled ? undefined : label}
      onClick={() => {
        if (enabled) void step(actor, move);
      }}
      onPointerEnter={enter}
      onPointerLeave={leave}
      onFocus={enter}
      onBlur={leave}
    >
      <span className="step-sign" aria-hidden="true">
        {enabled ? '▶' : '·'}
      </span>
      <span className="step-label">{label}</span>
    </button>
  );
});
