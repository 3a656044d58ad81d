import { beforeEach, describe, expect, it } from 'vitest';
import { edit, redo, undo, useEditor } from './editor.ts';

const now = () => useEditor.getState().document;

const twoCpus = [{ node: 0 }, { node: 0 }];

/** As it is typed: each letter is a change. */
function type(text: string): void {
  for (let length = 1; length <= text.length; length++) edit({ title: text.slice(0, length) });
}

describe('undo in the editor', () => {
  beforeEach(() => {
    edit({ cpus: [{ node: 0 }], title: '' });
  });

  it('takes back all that was typed into a text at once, and brings it back', () => {
    type('Mine');
    undo();
    expect(now().title).toBe('');
    redo();
    expect(now().title).toBe('Mine');
  });

  it('takes back one by one what was changed otherwise in between', () => {
    type('Mine');
    edit({ cpus: twoCpus });
    edit({ cpus: [...twoCpus, { node: 0 }] });
    type('Yours');
    undo();
    expect(now()).toMatchObject({ title: 'Mine', cpus: [...twoCpus, { node: 0 }] });
    undo();
    expect(now()).toMatchObject({ title: 'Mine', cpus: twoCpus });
  });
});
