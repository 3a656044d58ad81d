import { Popover } from '@base-ui/react/popover';
import { MARK_KINDS, MARK_WORDS, type MarkKind } from '../../layout/timeline-kinds.ts';
import { shape } from '../../layout/timeline-marks.ts';

/** What the marks mean; on request. */
export function Legend() {
  return (
    <Popover.Root>
      <Popover.Trigger className="button button-quiet tl-legend-button">Legend</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="tl-legend-place" side="top" align="end" sideOffset={4}>
          <Popover.Popup className="tl-legend" aria-label="Legend of the timeline">
            <ul>
              {MARK_KINDS.map((kind) => (
                <li key={kind}>
                  <Sample kind={kind} /> {MARK_WORDS[kind]}
                </li>
              ))}
              <li>
                <svg className="tl-sample" width={18} height={18} aria-hidden="true">
                  <path className="tl-violation" d="M9 0v18M4 10h10l-5 -10z" />
                </svg>{' '}
                violation of a property
              </li>
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Sample({ kind }: { readonly kind: MarkKind }) {
  return (
    <svg className="tl-sample" width={18} height={18} aria-hidden="true">
      <path className={`tl-mark tl-mark-${kind}`} d={shape(kind, { x: 9, y: 9, w: 7, h: 14 })} />
    </svg>
  );
}
