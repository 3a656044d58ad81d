import { countKinds, MAP_KINDS } from '../../reports/memory/map-kinds.ts';
import { MAP_LOOKS } from './map-looks.ts';

const number = new Intl.NumberFormat('en');

/** What letters and colours mean, and how many frames there are of each kind. */
export function MapLegend({ map }: { readonly map: Uint8Array }) {
  const counts = countKinds(map);
  return (
    <ul className="map-legend" aria-label="Frames by kind">
      {MAP_KINDS.map((kind, i) => {
        const count = counts[i] ?? 0;
        const { letter, word, meaning } = MAP_LOOKS[kind];
        return count === 0 ? null : (
          <li key={kind} data-map-kind={kind} title={meaning}>
            <span className="map-swatch" aria-hidden="true">
              <i>{letter}</i>
            </span>
            {word} <b>{number.format(count)}</b>
          </li>
        );
      })}
    </ul>
  );
}
