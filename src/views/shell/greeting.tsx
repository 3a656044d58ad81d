import { lazy, Suspense } from 'react';
import { FIRST_SOURCE } from '../../store/state.ts';
import { endWelcome, useWelcome } from '../../store/welcome.ts';
import { useWorkbench } from '../../store/workbench.ts';
import type { Source } from '../../worker/protocol.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import type { ScreenList } from './screen-list.ts';
import './welcome.css';

/** Fetched by those who were here before. */
const Resume = lazy(() => import('./resume.tsx').then((module) => ({ default: module.Resume })));

/** In the empty timeline: what this page is, or, on the run that the page opens with, the way back to the last one. */
export function Greeting(props: Pick<ScreenList, 'lessons'>) {
  const isNew = useWelcome((state) => !state.done);
  const isFirst = useWorkbench(({ opened }) => isFirstSource(opened?.source));
  if (isNew) return <Welcome {...props} />;
  return (
    isFirst && (
      <Suspense fallback={null}>
        <Resume />
      </Suspense>
    )
  );
}

function isFirstSource(source: Source | undefined): boolean {
  return JSON.stringify(source) === JSON.stringify(FIRST_SOURCE);
}

/** What this page is, for those who see it for the first time; until it is put away. */
function Welcome({ lessons }: Pick<ScreenList, 'lessons'>) {
  const isOpen = useWorkbench((state) => state.opened !== null);
  if (!isOpen) return null;
  const learn = async (): Promise<void> => {
    const [first] = await lessons();
    endWelcome();
    first?.open();
  };
  return (
    <aside className="welcome" aria-label="What is Limbo?">
      <p>
        <strong>New here? You are the scheduler</strong> while Linux moves the page tables of a running
        process.{' '}
        <span className="welcome-more">
          Each step is one atomic act of a CPU or a kernel thread: who acts next is yours to say, and the row
          above tells whether that lost anything. Every step becomes a column here.
        </span>
      </p>
      <Button onClick={() => void learn()}>First lesson</Button>
      <Button look="quiet" label="Put away what Limbo is" onClick={endWelcome}>
        <Icon name="close" />
      </Button>
    </aside>
  );
}
