import { useEffect, useState } from 'react';
import { useWorkbench } from '../../store/workbench.ts';
import { momentInWords } from './moment-words.ts';

/** While playing, a screen reader hears of a step this often at most. */
const THROTTLE_MS = 2000;

/** Tells screen readers of each step. */
export function Announcer() {
  const [text, setText] = useState('');
  useEffect(() => {
    let told = 0;
    let timer = 0;
    const tell = (): void => {
      timer = 0;
      told = performance.now();
      setText(momentInWords(useWorkbench.getState()));
    };
    const forget = useWorkbench.subscribe((state, before) => {
      if (state.scene === before.scene || timer !== 0) return;
      const wait = state.playing ? Math.max(0, told + THROTTLE_MS - performance.now()) : 0;
      timer = window.setTimeout(tell, wait);
    });
    return () => {
      forget();
      clearTimeout(timer);
    };
  }, []);
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {text}
    </p>
  );
}
