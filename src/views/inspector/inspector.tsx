import { showInspector } from '../../store/inspector.ts';
import { sameWatch, toggleWatch, useStops } from '../../store/stops.ts';
import type { Selection } from '../../store/selection.ts';
import { select, useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { usePlaces } from '../memory-map/use-places.ts';
import { pointersTo } from '../memory-map/frame-facts.ts';
import { RichText } from '../threads/rich-text.tsx';
import { factsOf, titleOf } from './facts.ts';
import type { Inspected } from './inspected.ts';
import { ActorSteps, History } from './history-list.tsx';
import { watchOf, watchOfLocal } from './watches.ts';
import './inspector.css';

/** What is chosen: its values now, who leads to it, and who changed it when. */
export function Inspector() {
  const selection = useWorkbench((state) => state.selection);
  const inspected = useInspected();
  if (selection === null || inspected === null) return null;
  const { scene } = inspected;
  return (
    <section className="inspector" aria-labelledby="inspector-title">
      <header className="inspector-head">
        <h2 id="inspector-title">{titleOf(inspected, selection)}</h2>
        <Button
          look="quiet"
          label="Hide the inspector"
          title="Hide the inspector (I)"
          onClick={() => showInspector(false)}
        >
          <Icon name="close" />
        </Button>
      </header>
      <div className="inspector-tools">
        <WatchButton selection={selection} inspected={inspected} />
        <PtlButton selection={selection} scene={scene} />
        <Button onClick={() => select(null)}>Choose nothing</Button>
      </div>
      <dl className="inspector-facts">
        {factsOf(inspected, selection).map(({ name, value, field }, i) => (
          <div key={`${name} ${String(i)}`}>
            <dt>
              {field !== undefined && (
                <LocalStop inspected={inspected} selection={selection} field={field} name={name} />
              )}
              {name}
            </dt>
            <dd>
              <RichText scene={scene} text={value} />
            </dd>
          </div>
        ))}
      </dl>
      {(selection.kind === 'frame' || selection.kind === 'entry') && (
        <Pointers inspected={inspected} frame={selection.frame} />
      )}
      {selection.kind === 'actor' ? (
        <ActorSteps selection={selection} />
      ) : (
        selection.kind !== 'va' && <History selection={selection} />
      )}
    </section>
  );
}

function useInspected(): (Inspected & { readonly opened: NonNullable<ReturnType<typeof useOpened>> }) | null {
  const opened = useOpened();
  const scene = useWorkbench((state) => state.scene);
  const cursor = useWorkbench((state) => state.cursor);
  const allPlaces = useWorkbench((state) => state.places);
  const choices = useWorkbench((state) => state.choices);
  const places = usePlaces(allPlaces, cursor);
  return opened === null || scene === null ? null : { opened, scene, places, choices };
}

const useOpened = () => useWorkbench((state) => state.opened);

interface WatchButtonProps {
  readonly selection: Selection;
  readonly inspected: Inspected;
}

/** Makes runs stop where what is chosen changes; nothing for what is not a part of the state. */
function WatchButton({ selection, inspected }: WatchButtonProps) {
  const watch = watchOf(inspected, selection);
  const watched = useStops(({ watches }) => watches.some((other) => sameWatch(other, watch)));
  if (watch.ranges.length === 0) return null;
  const locals = selection.kind === 'actor';
  return (
    <Button
      pressed={watched}
      title={`Playing and running stop where ${locals ? 'one of its locals' : 'it'} changes`}
      onClick={() => toggleWatch(watch)}
    >
      {locals ? 'Stop at changes of its locals' : 'Stop at changes'}
    </Button>
  );
}

interface LocalStopProps extends WatchButtonProps {
  readonly field: string;
  readonly name: string;
}

/** Makes runs stop where one local changes. */
function LocalStop({ selection, inspected, field, name }: LocalStopProps) {
  const watch = watchOfLocal(inspected, selection, field);
  const watched = useStops(({ watches }) => watches.some((other) => sameWatch(other, watch)));
  return (
    <button
      className="local-stop"
      aria-pressed={watched}
      aria-label={`Stop at changes of ${name}`}
      title={`Stop at changes of ${name}`}
      onClick={() => toggleWatch(watch)}
    >
      <span aria-hidden="true">{watched ? '●' : '○'}</span>
    </button>
  );
}

/** From a table to the lock of its entries, also while nobody holds it; nothing where one lock guards all tables. */
function PtlButton({
  selection,
  scene,
}: {
  readonly selection: Selection;
  readonly scene: Inspected['scene'];
}) {
  const { splitLocks, tableFrames } = scene.world;
  if (selection.kind !== 'frame' || !splitLocks || selection.frame > tableFrames) return null;
  const lock = { kind: 'lock', lock: 'ptl', of: selection.frame } as const;
  return <Button onClick={() => select(lock)}>Its ptl</Button>;
}

interface PointersProps {
  readonly inspected: NonNullable<ReturnType<typeof useInspected>>;
  readonly frame: number;
}

function Pointers({ inspected, frame }: PointersProps) {
  const pointers = pointersTo(inspected, frame);
  return (
    <>
      <h3>Who leads to it</h3>
      {pointers.length === 0 && <p className="dim">Nobody.</p>}
      <ul className="inspector-pointers">
        {pointers.map((text) => (
          <li key={text}>
            <RichText scene={inspected.scene} text={text} />
          </li>
        ))}
      </ul>
    </>
  );
}
