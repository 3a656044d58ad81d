import { remember, remembered } from '../../store/memory.ts';
import { Button } from '../controls/button.tsx';
import { type ViewName, VIEWS } from '../shell/views.tsx';

/** The views that can stand side by side, from top to bottom. */
const CHOICES: readonly ViewName[] = ['tree', 'memory', 'tlb'];
const KEY = 'limbo:compare-views';

/** The views that were shown last; before that the tree and the memory. */
export function shownViews(): readonly ViewName[] {
  const names = (remembered(KEY) ?? 'tree memory').split(' ');
  return CHOICES.filter((view) => names.includes(view));
}

export function rememberViews(views: readonly ViewName[]): void {
  remember(KEY, views.join(' '));
}

interface ViewChoiceProps {
  readonly shown: readonly ViewName[];
  readonly choose: (views: readonly ViewName[]) => void;
}

/** Which views of the machine stand side by side. */
export function ViewChoice({ shown, choose }: ViewChoiceProps) {
  return (
    <div className="compare-views" role="group" aria-label="Views side by side">
      {CHOICES.map((view) => (
        <Button
          key={view}
          pressed={shown.includes(view)}
          title={`Show or hide “${VIEWS[view].title}” of both sides`}
          onClick={() => choose(CHOICES.filter((name) => (name === view) !== shown.includes(name)))}
        >
          {VIEWS[view].shortTitle}
        </Button>
      ))}
    </div>
  );
}
