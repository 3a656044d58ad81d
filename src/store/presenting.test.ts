import { describe, expect, it } from 'vitest';
import { presentedIn, withPresented } from './presenting.ts';

describe('an address that presents', () => {
  it.each([
    ['', null],
    ['#v=2&scenario=tree&run=31-27a3bi.1&at=12', null],
    ['#v=2&scenario=tree&present', 'tree'],
    ['#present=timeline', 'timeline'],
    ['#present=nonsense', 'tree'],
    ['#screen=learn&representation=tree', null],
  ])('%s asks for %s', (hash, view) => {
    expect(presentedIn(hash)).toBe(view);
  });

  it('keeps everything else in it as it was, and says what is presented once', () => {
    const moment = '#v=2&scenario=tree&set=nodeTest:pointee&run=31-27a3bi.1&at=12';
    const presented = withPresented(moment, 'tlb');
    expect(presented).toBe(`${moment}&present=tlb`);
    expect(withPresented(`${moment}&present`, 'tlb')).toBe(presented);
    expect(withPresented(presented, null)).toBe(moment);
    expect(withPresented('#present', null)).toBe('');
  });
});
