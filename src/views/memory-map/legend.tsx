import type { Scene } from '../../machine/decode.ts';
import { census } from './census.ts';
import { KIND_LOOKS } from './frame-kinds.ts';

const number = new Intl.NumberFormat('en');

/** What the signs and colours mean, and how many frames there are of each kind. */
export function Legend({ scene }: { readonly scene: Scene }) {
  return (
    <ul className="legend" aria-label="Frames by kind">
      {census(scene).map(({ kind, count }) => {
        const { sign, word, meaning } = KIND_LOOKS[kind];
        return (
          <li key={kind} data-kind={kind} data-none={count === 0} title={`${word}: ${meaning}`}>
            <span className="legend-swatch" aria-hidden="true">
              {sign}
            </span>
            {word} <b>{number.format(count)}</b>
          </li>
        );
      })}
    </ul>
  );
}
