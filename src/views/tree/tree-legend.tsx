import { type KeyboardEvent, memo } from 'react';

/** Escape closes what is open, and the focus goes back to what opened it. */
function closeOnEscape(event: KeyboardEvent<HTMLDetailsElement>): void {
  const { currentTarget } = event;
  if (event.key !== 'Escape' || !currentTarget.open) return;
  event.preventDefault();
  currentTarget.open = false;
  currentTarget.querySelector('summary')?.focus();
}

/** What the marks of the tree mean; closed until asked for. */
export const TreeLegend = memo(function TreeLegend() {
  return (
    <details className="tree-legend" onKeyDown={closeOnEscape}>
      <summary>Legend</summary>
      <dl>
        {MARKS.map(([mark, name, meaning]) => (
          <div key={name}>
            <dt>
              <span className={`tree-key ${mark}`} aria-hidden="true">
                {name}
              </span>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>
        Drag to pan, wheel to zoom. Arrow keys go from table to table, Enter selects one, Space its next
        entry.
      </p>
    </details>
  );
});

const MARKS: readonly (readonly [string, string, string])[] = [
  ['is-current', 'table', 'in the tree now, with frame number and node (n0, n1)'],
  ['is-new', 'new', 'a copy being filled; nothing leads to it yet'],
  ['is-limbo', 'limbo', 'replaced, but somebody may still use it'],
  ['is-freed', 'freed', 'given back: nobody may touch it any more'],
  ['is-flags', 'P W A D', 'present, writable, accessed, dirty; H: huge page'],
  ['is-differs', '≠ D', 'differs between the old and the new table'],
  ['is-changed', '▸ [0]', 'what the last step changed'],
  ['is-ghost', '⇢ PDE$', 'cache, register or pointer of a CPU that still leads to an old table'],
  ['is-lock', 'ptl', 'the lock of this table is held'],
  ['is-bad', '⚠', 'the last step broke a property here'],
];
