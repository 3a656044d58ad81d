import { describe, expect, it } from 'vitest';
import { screenOf, WORKBENCH } from './screens.ts';

describe('the screen of an address', () => {
  it('is the workbench where none is named, also for a link to a moment', () => {
    expect(screenOf('')).toEqual({ screen: WORKBENCH, params: {} });
    expect(screenOf('#v=1&scenario=tree&at=3').screen).toBe(WORKBENCH);
  });

  it('carries what the screen is asked to show', () => {
    expect(screenOf('#screen=reports&report=numa')).toEqual({
      screen: 'reports',
      params: { report: 'numa' },
    });
  });
});
