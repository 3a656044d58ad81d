import { beforeEach, describe, expect, it } from 'vitest';
import { useWorkbench } from './state.ts';
import { useWelcome, watchNewcomer } from './welcome.ts';

const steps = (from: number, to: number): void => {
  for (let cursor = from; cursor <= to; cursor++) useWorkbench.setState({ cursor });
};

describe('the words for newcomers', () => {
  beforeEach(() => {
    useWelcome.setState({ done: false });
    useWorkbench.setState({ cursor: 0 });
  });

  it('are put away when somebody has stepped on a dozen times', () => {
    const stop = watchNewcomer();
    steps(1, 11);
    expect(useWelcome.getState().done).toBe(false);
    steps(12, 12);
    expect(useWelcome.getState().done).toBe(true);
    stop();
  });

  it('stay while somebody only goes back, or to a moment at once', () => {
    const stop = watchNewcomer();
    for (let cursor = 50; cursor > 0; cursor--) useWorkbench.setState({ cursor });
    expect(useWelcome.getState().done).toBe(false);
    stop();
  });
});
