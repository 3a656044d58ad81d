import { Popover } from '@base-ui/react/popover';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { select, useWorkbench } from '../../store/workbench.ts';
import { type ElementChange, stepChanges } from './step-changes.ts';
import './changes-line.css';

/** Changes that may stand in the line itself, where there is room; a press shows all. */
const MOST = 4;

/** What the step before the cursor changed: before and after, each a way to the object. What the line has no room for is counted. */
export function ChangesLine() {
  const { scene, changed, before } = useWorkbench((state) => state.following);
  const changes = useMemo(
    () => (scene === null ? [] : stepChanges(scene, changed, before)),
    [scene, changed, before],
  );
  if (changes.length > 0) return <FittingChanges changes={changes} />;
  return (
    <span className="changes-line">
      <span className="changes-fitting">
        <span className="changes-none">changes nothing that others see</span>
      </span>
    </span>
  );
}

interface Changes {
  readonly changes: readonly ElementChange[];
}

function FittingChanges({ changes }: Changes) {
  const line = useRef<HTMLSpanElement>(null);
  const fit = useFitting(line, changes);
  return (
    <span className="changes-line">
      <span ref={line} className="changes-fitting">
        {changes.slice(0, MOST).map((change, i) => (
          <span key={change.offset} className="change-place" data-hidden={i >= fit || undefined}>
            <ChangeButton change={change} />
          </span>
        ))}
      </span>
      {fit < changes.length && <AllChanges changes={changes} fit={fit} />}
    </span>
  );
}

/**
 * How many children of a line, from its first, can be seen whole: those that have no room are wrapped out of sight. It is told with
 * the next picture, so that no layout is forced; until then it is what it was for as many children.
 */
function useFitting(line: RefObject<HTMLElement | null>, changes: readonly ElementChange[]): number {
  const [fit, setFit] = useState(MOST);
  useEffect(() => {
    if (line.current === null) return;
    const seen = new Map<Element, boolean>();
    const places = [...line.current.children];
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, intersectionRatio } of entries) seen.set(target, intersectionRatio > 0.9);
        const hidden = places.findIndex((place) => seen.get(place) !== true);
        setFit(hidden < 0 ? places.length : hidden);
      },
      { root: line.current, threshold: [0, 0.9, 1] },
    );
    for (const place of places) observer.observe(place);
    return () => observer.disconnect();
  }, [line, changes]);
  return fit;
}

function ChangeButton({ change: { what, before, after, leadsTo } }: { readonly change: ElementChange }) {
  const text = (
    <>
      {what}: <s>{before}</s> <span aria-hidden="true">→</span>
      <span className="visually-hidden">becomes</span> <b>{after}</b>
    </>
  );
  if (leadsTo === null) return <span className="change">{text}</span>;
  return (
    <button className="change" title={`${what}: ${before} → ${after}`} onClick={() => select(leadsTo)}>
      {text}
    </button>
  );
}

function AllChanges({ changes, fit }: Changes & { readonly fit: number }) {
  const all = `${String(changes.length)} ${changes.length === 1 ? 'change' : 'changes'}`;
  return (
    <Popover.Root>
      <Popover.Trigger className="change changes-all" aria-label={`What this step changed: ${all}`}>
        {fit === 0 ? all : `+${String(changes.length - fit)}`}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="play-place" align="start" sideOffset={4}>
          <Popover.Popup className="play-popup changes-popup" aria-label="What this step changed">
            <ul>
              {changes.map((change) => (
                <li key={change.offset}>
                  <ChangeButton change={change} />
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
