import { describe, expect, it } from 'vitest';
import { settingInWords } from './choice-words.ts';
import { designName, settingsOf } from './design-name.ts';

describe('the name of a design', () => {
  it('is that of its version where no choice was changed', () => {
    expect(designName({ version: 'repaired', overrides: {} })).toBe('repaired');
  });

  it('has each changed choice as the commands take it', () => {
    const overrides = { irqs: 'on', freeing: 'synchronize-rcu' } as const;
    expect(designName({ version: '2008-05-09', overrides })).toBe(
      '2008-05-09, irqs=on, freeing=synchronize-rcu',
    );
  });

  it('can be told in words, choice by choice', () => {
    const [setting = ''] = settingsOf({ irqs: 'on' });
    expect(settingInWords(setting)).toBe('Interrupts of the relocating CPU, around page_table_lock: on');
  });
});
