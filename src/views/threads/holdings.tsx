import { type Local, localsOf, type Scene } from '../../machine/decode.ts';
import type { ProgramView } from '../../worker/protocol.ts';
import { type HeldLock, locksOf, numberText } from './actor-state.ts';
import { elementKey } from './changes.ts';
import { EntryChip, FrameChip } from './frame-chip.tsx';
import { pointing, toggleSelected } from './linked.ts';

interface HoldingsProps {
  readonly scene: Scene;
  readonly program: ProgramView;
  /** -1: an actor that takes no locks of its own. */
  readonly cpu: number;
  readonly changed: ReadonlySet<string>;
}

/** The locks that an actor holds and the locals that it may still use; what the last step changed is marked. */
export function Holdings({ scene, program, cpu, changed }: HoldingsProps) {
  const locals = localsOf(scene, program.locals);
  const locks = cpu < 0 ? [] : locksOf(scene, cpu);
  return (
    <dl className="holdings" tabIndex={0} aria-label="Locks and locals">
      {cpu >= 0 && (
        <div>
          <dt>Locks</dt>
          <dd>
            {locks.map((lock) => (
              <LockItem key={lock.element} scene={scene} lock={lock} changed={changed.has(lock.element)} />
            ))}
            {locks.length === 0 && <span className="dim">holds none</span>}
          </dd>
        </div>
      )}
      <div>
        <dt>Locals</dt>
        <dd>
          {locals.map((local) => (
            <LocalItem
              key={local.name}
              scene={scene}
              local={local}
              changed={changed.has(elementKey(local.field))}
            />
          ))}
          {locals.length === 0 && <span className="dim">none in use</span>}
        </dd>
      </div>
    </dl>
  );
}

interface LockItemProps {
  readonly scene: Scene;
  readonly lock: HeldLock;
  readonly changed: boolean;
}

function LockItem({ scene, lock: { name, selection, frame }, changed }: LockItemProps) {
  return (
    <span className={changed ? 'holding lock changed' : 'holding lock'}>
      <button className="lock-name" onClick={() => toggleSelected(selection)} {...pointing(selection)}>
        {name}
      </button>
      {frame !== 0 && <FrameChip scene={scene} frame={frame} />}
      {changed && <JustChanged />}
    </span>
  );
}

interface LocalItemProps {
  readonly scene: Scene;
  readonly local: Local;
  readonly changed: boolean;
}

function LocalItem({ scene, local, changed }: LocalItemProps) {
  const { name, value, as } = local;
  return (
    <span className={changed ? 'holding changed' : 'holding'}>
      <span className="local-name">{name.replaceAll('_', ' ')}</span>
      {as === 'frame' && <FrameChip scene={scene} frame={value} />}
      {as === 'entry' && <EntryChip scene={scene} entry={value} />}
      {as === 'number' && <b>{numberText(local)}</b>}
      {changed && <JustChanged />}
    </span>
  );
}

/** Says in words, for those who do not see it, and with a sign what the colour says. */
export function JustChanged() {
  return (
    <span className="just-changed" title="changed by the last step">
      <span aria-hidden="true">Δ</span>
      <span className="visually-hidden">changed by the last step</span>
    </span>
  );
}
