import type { HiddenSide } from '../../layout/tree-fit.ts';

const SIGNS: Readonly<Record<HiddenSide, string>> = { above: '▲', left: '◀', right: '▶', below: '▼' };

/** Tells where the tree goes on beyond its panel, and how to get there; nothing while all of it is in sight. */
export function MoreHint({ hidden }: { readonly hidden: readonly HiddenSide[] }) {
  if (hidden.length === 0) return null;
  return (
    <p
      className="tree-more"
      title="Drag the picture or zoom with the wheel; Fit shows as much as can be read, Present (P) gives it the page."
    >
      <strong>
        More{' '}
        {hidden.map((side, i) => (
          <span key={side}>
            {SIGNS[side]}{' '}
            <span className="tree-more-side">
              {side}
              {i < hidden.length - 1 && ', '}
            </span>
          </span>
        ))}
      </strong>
      <span className="tree-more-how">: drag, zoom out, or Present</span>
    </p>
  );
}
