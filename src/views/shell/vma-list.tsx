import { useState } from 'react';
import type { VmaSummary } from '../../worker/file-summary.ts';

/** As in file-dialog.css. */
const ROW_PX = 24;
const SHOWN_ROWS = 12;
const SPARE_ROWS = 6;

/** All mappings of a process; only the rows in sight are made. */
export function VmaList({ vmas }: { readonly vmas: readonly VmaSummary[] }) {
  const [scrollTop, setScrollTop] = useState(0);
  if (vmas.length === 0) return <p>The file names no mappings.</p>;
  const first = Math.max(0, Math.floor(scrollTop / ROW_PX) - SPARE_ROWS);
  const rows = vmas.slice(first, first + SHOWN_ROWS + 2 * SPARE_ROWS);
  return (
    <div
      className="vmas"
      role="group"
      aria-label="Mappings"
      tabIndex={0}
      onScroll={({ currentTarget }) => setScrollTop(currentTarget.scrollTop)}
    >
      <ul style={{ height: vmas.length * ROW_PX, paddingTop: first * ROW_PX }}>
        {rows.map(({ name, start, end, perms, pages }) => (
          <li key={start} title={name}>
            <span className="vma-name">{name}</span>
            <code>{`${start}-${end}`}</code>
            <code>{perms}</code>
            <span className="vma-pages">{pages.toLocaleString('en')} pages</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
