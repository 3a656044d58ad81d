import { dismissNotice, reopen, useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import './notice-bar.css';

/** What went wrong or was stopped, in words, until it is dismissed. */
export function NoticeBar() {
  const notice = useWorkbench((state) => state.notice);
  const hasRun = useWorkbench((state) => state.opened !== null);
  return (
    <div role="alert">
      {notice !== null && (
        <div className={`notice notice-${notice.tone}`}>
          {notice.tone === 'error' && <Icon name="violation" />}
          <p>{notice.text}</p>
          {notice.reopen && (
            <Button look="primary" onClick={() => void reopen()}>
              {hasRun ? 'Reopen the run' : 'Try again'}
            </Button>
          )}
          <Button look="quiet" label="Dismiss" onClick={dismissNotice}>
            <Icon name="close" />
          </Button>
        </div>
      )}
    </div>
  );
}
