import { useCompare } from '../../store/compare.ts';
import { copyComparison, hasLink, useContenders } from '../../store/contenders.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';

/** Copies a link to the comparison on screen; there is none for files and branches, which links do not hold. */
export function CopyComparison() {
  const chosen = useContenders((state) => state.chosen);
  const source = useWorkbench((state) => state.opened?.source);
  const isShown = useCompare((state) => state.sides !== null);
  if (!isShown || !hasLink(chosen, source)) return null;
  return (
    <Button
      title="Copy an address that leads to this moment of this comparison"
      onClick={() => void copyComparison()}
    >
      Copy link
    </Button>
  );
}
