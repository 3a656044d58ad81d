import type { Scene } from '../../machine/decode.ts';
import { elementText } from '../../machine/field-words.ts';
import type { ActorInfo } from '../../scenarios/build.ts';
import type { Waits } from '../../worker/waits.ts';
import { actorName } from '../shell/actor-name.ts';
import './wait-cycle.css';

const WIDTH_PX = 460;
const BOX = { w: 128, h: 30 };
/** Radii of the ring on which the actors stand; two of them stand side by side. */
const RING = { x: 150, y: 72, yOfTwo: 34 };

interface WaitCycleProps {
  readonly scene: Scene;
  readonly actors: readonly ActorInfo[];
  readonly waits: Waits;
}

/** Who waits for whom: the actors on a ring, an arrow from each to the one that it waits for, with what it waits on. */
export function WaitCycle({ scene, actors, waits: { edges, cycle } }: WaitCycleProps) {
  const ring = cycle.length > 0 ? cycle : [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  const radiusY = ring.length > 2 ? RING.y : RING.yOfTwo;
  const heightPx = 2 * radiusY + BOX.h + 24;
  const placeOf = (actor: number): readonly [number, number] => {
    const angle = (2 * Math.PI * ring.indexOf(actor)) / ring.length - Math.PI;
    return [WIDTH_PX / 2 + RING.x * Math.cos(angle), heightPx / 2 + radiusY * Math.sin(angle)];
  };
  const shown = edges.filter(({ from, to }) => ring.includes(from) && ring.includes(to));
  const nameOf = (actor: number): string => {
    const info = actors[actor];
    return info === undefined ? '' : actorName(info);
  };
  return (
    <figure className="wait-cycle">
      <svg
        viewBox={`0 0 ${String(WIDTH_PX)} ${String(heightPx)}`}
        role="img"
        aria-label={`Who waits for whom: ${shown.map(({ why }) => why).join('; ')}`}
      >
        {shown.map(({ from, to, object }) => {
          const twice = shown.some((other) => other.from === to && other.to === from);
          const { d, head, x, y } = arrow(placeOf(from), placeOf(to), twice);
          const text = object?.kind === 'word' ? elementText(scene.world, object.field, object) : '';
          return (
            <g key={`${String(from)} ${String(to)}`} className="wait-edge">
              <path d={d} />
              <path d={head} className="wait-head" />
              <text x={x} y={y} textAnchor="middle">
                {text}
              </text>
            </g>
          );
        })}
        {ring.map((actor) => {
          const [x, y] = placeOf(actor);
          return (
            <g
              key={actor}
              className="wait-actor"
              data-cpu={actors[actor]?.cpu}
              transform={`translate(${String(x)} ${String(y)})`}
            >
              <rect x={-BOX.w / 2} y={-BOX.h / 2} width={BOX.w} height={BOX.h} rx={5} />
              <text y={4} textAnchor="middle">
                {nameOf(actor)}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption>
        {cycle.length > 0
          ? `They wait for each other in a circle: ${[...cycle, cycle[0] ?? 0].map(nameOf).join(' → ')}.`
          : 'Nobody can move; there is no circle.'}
      </figcaption>
    </figure>
  );
}

type Point = readonly [x: number, y: number];

/** A curve from box to box that ends at the edge of the second; bent to one side where another comes the other way. */
function arrow([x1, y1]: Point, [x2, y2]: Point, bent: boolean) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = Math.hypot(dx, dy);
  const bend = bent ? 58 : 12;
  const [mx, my] = [(x1 + x2) / 2 - (dy / length) * bend, (y1 + y2) / 2 + (dx / length) * bend];
  const [ex, ey] = edgeOf([x2, y2], [mx, my]);
  const angle = Math.atan2(ey - my, ex - mx);
  const side = (turn: number): string =>
    `${n(ex - 9 * Math.cos(angle + turn))} ${n(ey - 9 * Math.sin(angle + turn))}`;
  return {
    d: `M${n(x1)} ${n(y1)}Q${n(mx)} ${n(my)} ${n(ex)} ${n(ey)}`,
    head: `M${n(ex)} ${n(ey)}L${side(0.45)}L${side(-0.45)}z`,
    x: (x1 + x2) / 4 + mx / 2,
    y: (y1 + y2) / 4 + my / 2 + (my > (y1 + y2) / 2 ? 16 : -6),
  };
}

/** Where the way from `from` to the middle of a box meets the box. */
function edgeOf([x, y]: Point, [fromX, fromY]: Point): Point {
  const [dx, dy] = [fromX - x, fromY - y];
  const scale = Math.min(BOX.w / 2 / Math.max(Math.abs(dx), 1e-6), BOX.h / 2 / Math.max(Math.abs(dy), 1e-6));
  return [x + dx * scale, y + dy * scale];
}

const n = (value: number): string => String(Math.round(value * 10) / 10);
