import { endWelcome, useWelcome } from '../../store/welcome.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import type { ScreenList } from './screen-list.ts';
import './welcome.css';

/** What this page is, for those who see it for the first time; until it is put away. */
export function Welcome({ lessons }: Pick<ScreenList, 'lessons'>) {
  const done = useWelcome((state) => state.done);
  const isOpen = useWorkbench((state) => state.opened !== null);
  if (done || !isOpen) return null;
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
