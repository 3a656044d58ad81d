import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import type { Violation } from './moment-messages.ts';
import { advance, runActor, type Session } from './session.ts';
import { opened } from './testing/sessions.ts';
import { cycleOf } from './waits.ts';

/** The deadlock that is run into when the first thread makes some steps, the second some, then each goes as far as it can. */
function deadlockOf(id: string, version: string): { readonly session: Session; readonly found: Violation } {
  for (let round = 1; round < 150; round++) {
    const session = opened(id, version);
    runActor(session, 0, Math.floor(round / 2));
    if (round % 2 === 0) runActor(session, 1, 200);
    for (let i = 0; i < 400; i++) if (!advance(session, round)) break;
    const found = session.records.at(-1)?.violations.find(({ property }) => property === 'no-deadlock');
    if (found !== undefined) return { session, found };
  }
  throw new Error(`no deadlock in ${id} x ${version}`);
}

describe('who waits for whom', () => {
  it('a deadlock of interrupts and a lock is a circle through the handler that is kept out', () => {
    const { session, found } = deadlockOf('irqs-off', '2008-01-17');
    const { edges, cycle } = found.waits ?? { edges: [], cycle: [] };
    const ids = cycle.map((actor) => at(session.built.actors, actor).id);
    expect(ids.toSorted()).toEqual(['cpu0', 'cpu1', 'ipi1']);
    const through = edges.filter(({ from }) => cycle.includes(from)).map(({ object }) => object);
    expect(through).toEqual(
      expect.arrayContaining([
        { kind: 'word', field: 'mm.page_table_lock', row: 0, col: 0 },
        { kind: 'word', field: 'ipi.await', row: 0, col: 0 },
        { kind: 'word', field: 'cpu.irqs_off', row: 0, col: 1 },
      ]),
    );
    expect(found.why).toMatch(/interrupts are off/);
    expect(found.why).toMatch(/page_table_lock of mm, held by CPU0/);
  });

  it('a deadlock of two locks is a circle of the two threads, each with the lock it waits for', () => {
    const { session, found } = deadlockOf('mremap', '2008-04-29');
    const { edges, cycle } = found.waits ?? { edges: [], cycle: [] };
    expect(cycle.map((actor) => at(session.built.actors, actor).id).toSorted()).toEqual(['cpu0', 'cpu1']);
    const fields = edges.map(({ object }) => (object?.kind === 'word' ? object.field : 'none'));
    expect(fields.toSorted()).toEqual(['frame.ptl', 'mm.page_table_lock']);
  });

  it('finds a circle that does not begin at the first edge, and none where there is none', () => {
    const edge = (from: number, to: number) => ({ from, to });
    expect(cycleOf([edge(0, 1), edge(1, 2), edge(2, 1)])).toEqual([1, 2]);
    expect(cycleOf([edge(0, 1), edge(0, 2), edge(2, 3), edge(3, 0)])).toEqual([0, 2, 3]);
    expect(cycleOf([edge(0, 1), edge(1, 2), edge(0, 2)])).toEqual([]);
  });
});
