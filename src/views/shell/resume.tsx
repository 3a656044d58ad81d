import { useEffect, useState } from 'react';
import { openRecent, readRecent, useRecent } from '../../store/recent.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';

/** Where the first steps will be, for those who were here before: the way back to their last run. Nothing when there is none. */
export function Resume() {
  const last = useRecent(({ runs }) => runs?.[0]);
  const [isAway, setAway] = useState(false);
  useEffect(() => void readRecent(), []);
  if (last === undefined || isAway) return null;
  const { title, version, steps } = last;
  return (
    <aside className="welcome" aria-label="Your last run">
      <p>
        Your last run is kept in this browser: <strong>{title}</strong>, {version}, {steps}{' '}
        {steps === 1 ? 'step' : 'steps'}.
      </p>
      <Button onClick={() => void openRecent(last)}>Go on with it</Button>
      <Button look="quiet" label="Put away the last run" onClick={() => setAway(true)}>
        <Icon name="close" />
      </Button>
    </aside>
  );
}
