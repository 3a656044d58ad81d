import { memo } from 'react';

/** Patterns and markers that the tree's styles refer to. */
export const TreeDefs = memo(function TreeDefs() {
  return (
    <defs>
      <pattern
        id="tree-hatch"
        width={8}
        height={8}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line className="tree-hatch-line" x1={0} y1={0} x2={0} y2={8} />
      </pattern>
      <marker
        id="tree-arrow"
        viewBox="0 0 8 8"
        refX={7}
        refY={4}
        markerWidth={7}
        markerHeight={7}
        markerUnits="userSpaceOnUse"
        orient="auto-start-reverse"
      >
        <path d="M0 0.5L8 4L0 7.5z" fill="context-stroke" />
      </marker>
    </defs>
  );
});
