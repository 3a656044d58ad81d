import { describe, expect, it } from 'vitest';
import type { Design } from '../kernel/design.ts';
import { ENTRY_P, entryFrame } from '../machine/entry.ts';
import { kindNumber } from '../machine/world.ts';
import type { Action } from './script.ts';
import {
  brokenBy,
  canMove,
  designOf,
  driveAll,
  driveToStop,
  driveUntil,
  isOver,
  nextLabel,
  poke,
  read,
  rigOf,
  type Rig,
  stepActor,
  type Taken,
} from './testing/rig.ts';
import { same, shorts, when } from './testing/steps.ts';
import { moverOn, reads, scenarioOn, startTable, userOn, wholeMoverOn } from './testing/worlds.ts';

/** designs.md, relocate_mm and relocate_table where something is not as usual; and what an empty upper entry does to a thread. */
const may = designOf('2008-05-09');
const moved = (taken: readonly Taken[]): string[] =>
  shorts(taken).filter((label) => /^(swing|set) pgd|^swing/.test(label));

describe('relocate_mm', () => {
  const whole = (design: Partial<Design>, world: Parameters<typeof scenarioOn>[0] = {}): Rig =>
    rigOf(scenarioOn({ shape: 'three', vas: [{}, {}, {}], ...world }, [userOn(0), wholeMoverOn(1)]), {
      ...may,
      nodeTest: 'pointee',
      ...design,
    });

  it('2, 3: top-down and in address order, each decision allocates before it locks; the PGD comes last', () => {
    const taken = driveAll(whole({}), 'cpu1');
    expect(moved(taken)).toEqual(['swing pgd', 'swing pmd', 'swing pmd', 'set pgd']);
    const order = shorts(taken).filter((label) =>
      /^(allocate|lock page_table_lock|swing|set pgd)/.test(label),
    );
    const each = (last: string): string[] => ['allocate', 'lock page_table_lock', last];
    expect(order.slice(1, 13)).toEqual(['swing pgd', 'swing pmd', 'swing pmd', 'set pgd'].flatMap(each));
    expect(brokenBy(taken)).toEqual([]);
  });

  it('2: goes on below a table that stays, because it is elsewhere already', () => {
    const scenario = scenarioOn({ shape: 'three', vas: [{}, {}, {}] }, [userOn(0), wholeMoverOn(1)]);
    const pmd = startTable(scenario.world, 0, 1);
    const node = Array.from(scenario.world.node, (n, frame) => (frame === pmd ? 1 : n));
    const other = rigOf({ ...scenario, world: { ...scenario.world, node } }, { ...may, nodeTest: 'pointee' });
    expect(moved(driveAll(other, 'cpu1'))).toEqual(['swing pmd', 'swing pmd', 'set pgd']);
  });

  it('nodeTest=holder: asks about the frame that holds the entry, so below a table that moved nothing does', () => {
    const taken = driveAll(whole({ nodeTest: 'holder' }), 'cpu1');
    expect(moved(taken)).toEqual(['swing pgd', 'set pgd']);
    expect(brokenBy(taken)).toEqual(['completeness']);
  });

  it('2: what is empty is passed over', () => {
    const rig = whole({});
    poke(rig, 'entries', 0, [1, startTable(rig.scene.world, 0, 1)]);
    expect(moved(driveAll(rig, 'cpu1'))).toEqual(['swing pgd', 'swing pmd', 'set pgd']);
  });

  it('2: of a range of frames, only the tables in it move', () => {
    const action: Action = {
      do: 'relocate-range',
      mm: 0,
      first: 2,
      count: 1,
      pool: 'free table frames of node 1',
    };
    const mover = { cpu: 1, name: 'hot-remove', mm: 0, actions: [action] };
    const rig = rigOf(scenarioOn({ shape: 'three' }, [userOn(0), mover]), { ...may, nodeTest: 'pointee' });
    expect(startTable(rig.scene.world, 0, 1)).toBe(2);
    expect(moved(driveAll(rig, 'cpu1'))).toEqual(['swing pgd']);
  });
});

describe('relocate_table', () => {
  it('3: finds the parent entry empty: unlock, the new frame goes back, nothing is copied', () => {
    const rig = rigOf(scenarioOn({ shape: 'three' }, [userOn(0), moverOn(1, 2)]), may);
    driveUntil(rig, 'cpu1', /^allocate/);
    stepActor(rig, 'cpu1');
    const fresh = rig.scene.world.pools.find(({ name }) => name === 'free table frames of node 1')?.base ?? 0;
    expect(read(rig, 'frame.kind', fresh)).toBe(kindNumber('new'));
    poke(rig, 'entries', 0, [0, startTable(rig.scene.world, 0, 1)]);
    const taken = driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
    same(taken, [
      ...['lock page_table_lock', 'read the relocation mark', 'read pgd', 'read pgd'],
      ...['read pmd', 'unlock page_table_lock'],
    ]);
    expect(read(rig, 'frame.kind', fresh)).toBe(kindNumber('free'));
    expect(read(rig, 'old.count')).toBe(0);
  });

  it.each([
    ['yes', []],
    ['no', ['set pgd']],
  ] as const)('4: pageSizeCheck=%s: a PGD of 32 bytes', (pageSizeCheck, expected) => {
    const rig = rigOf(scenarioOn({ shape: 'pae' }, [userOn(0), moverOn(1, 'top')]), {
      ...may,
      pageSizeCheck,
    });
    expect(moved(driveAll(rig, 'cpu1'))).toEqual(expected);
  });

  it.each(['no', 'yes'] as const)('pdpteReload=%s: invalidate-first below PAE’s registers', (pdpteReload) => {
    const design = { ...may, order: 'invalidate-first', pdpteReload } as const;
    const rig = rigOf(scenarioOn({ shape: 'pae' }, [userOn(0), moverOn(1, 1)]), design);
    driveUntil(rig, 'cpu1', /^all acknowledged/);
    driveToStop(rig, 'ipi0');
    expect(read(rig, 'cpu.pdpte', 0, 0)).toBe(0);
    const taken = driveAll(rig, 'cpu1');
    const again = pdpteReload === 'yes';
    expect(shorts(taken).filter((label) => label === 'set NEED_FLUSH')).toEqual(
      when(again, 'set NEED_FLUSH'),
    );
    expect(read(rig, 'cpu.pdpte', 0, 0) !== 0).toBe(again);
  });

  it.each([
    ['none', true],
    ['mutex', false],
  ] as const)(
    'serialise=%s: a second relocation of the process may begin meanwhile: %s',
    (serialise, atOnce) => {
      const threads = [userOn(0), moverOn(1, 1), moverOn(2, 1)];
      const rig = rigOf(scenarioOn({}, threads), { ...may, serialise });
      driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
      expect(canMove(rig, 'cpu2')).toBe(atOnce);
      driveAll(rig, 'cpu1');
      expect(['cpu1', 'cpu2'].map((id) => isOver(rig, id))).toEqual([true, true]);
    },
  );
});

describe('a flag that several relocations share (marking=flag, serialise=none)', () => {
  const shared = { ...may, marking: 'flag', serialise: 'none' } as const;

  it('relocate_table walks to its parent entry without a lock, and uses that where no relocation is marked any more', () => {
    const rig = rigOf(scenarioOn({ shape: 'three' }, [userOn(0), moverOn(1, 2)]), shared);
    driveUntil(rig, 'cpu1', /^allocate/);
    stepActor(rig, 'cpu1');
    same(driveUntil(rig, 'cpu1', /^lock page_table_lock/), ['read pgd', 'read pgd']);
    const fresh = startTable(rig.scene.world, 0, 1);
    poke(rig, 'mm.rewalk', 0);
    const taken = driveUntil(rig, 'cpu1', /^copy pte/);
    same(taken, ['lock page_table_lock', 'read the relocation mark', 'read pmd', 'lock ptl']);
    expect(taken.some(({ label }) => label.startsWith(`read pmd[0] in frame ${String(fresh)}`))).toBe(true);
  });

  it('nothing on the way: nothing is locked, the new frame goes back', () => {
    const rig = rigOf(scenarioOn({ shape: 'three' }, [userOn(0), moverOn(1, 2)]), shared);
    driveUntil(rig, 'cpu1', /^allocate/);
    stepActor(rig, 'cpu1');
    poke(rig, 'entries', 0, [0, read(rig, 'mm.pgd')]);
    same(driveUntil(rig, 'cpu1', /NEED_RELOAD: /), ['read pgd', 'read pgd']);
    const fresh = rig.scene.world.pools.find(({ name }) => name === 'free table frames of node 1')?.base ?? 0;
    expect(read(rig, 'frame.kind', fresh)).toBe(kindNumber('free'));
  });

  it('relocate_mm hands over the pointers of its visit: no second walk', () => {
    const rig = rigOf(scenarioOn({ shape: 'three' }, [userOn(0), wholeMoverOn(1)]), {
      ...shared,
      nodeTest: 'pointee',
    });
    driveUntil(rig, 'cpu1', /^allocate/);
    stepActor(rig, 'cpu1');
    expect(nextLabel(rig, 'cpu1')).toMatch(/^lock page_table_lock/);
    expect(moved(driveAll(rig, 'cpu1'))).toEqual(['swing pgd', 'swing pmd', 'set pgd']);
  });
});

describe('delimbo_pmd and its like', () => {
  it('under page_table_lock, while a relocation is marked: walk again to the table that holds the entry, nothing else', () => {
    const vas = [{}, {}, { empty: true }];
    const rig = rigOf(scenarioOn({ shape: 'three', vas }, [userOn(0, reads(2)), moverOn(1, 1)]), may);
    driveUntil(rig, 'cpu0', /^lock page_table_lock/);
    driveUntil(rig, 'cpu1', /NEED_RELOAD: /);
    const pmd = entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd')));
    const taken = driveUntil(rig, 'cpu0', /^set pmd/);
    same(taken, ['lock page_table_lock', 'read the relocation mark', 'read pgd', 'read pgd', 'read pmd']);
    stepActor(rig, 'cpu0');
    expect(read(rig, 'entries', 1, pmd) & ENTRY_P).toBe(ENTRY_P);
    expect(read(rig, 'entries', 1, startTable(rig.scene.world, 0, 1))).toBe(0);
  });
});

describe('emptyUpper: an upper entry that was there is empty when it is read again', () => {
  const faulting = (emptyUpper: Design['emptyUpper']): Rig => {
    const rig = rigOf(scenarioOn({ vas: [{}, { empty: true }] }, [userOn(0, reads(1))]), {
      ...may,
      emptyUpper,
    });
    driveUntil(rig, 'cpu0', /^allocate/);
    stepActor(rig, 'cpu0');
    expect(nextLabel(rig, 'cpu0')).toMatch(/^read pgd\[0\]/);
    return rig;
  };
  const empty = (rig: Rig): number => {
    const pgd = read(rig, 'mm.pgd');
    const entry = read(rig, 'entries', 0, pgd);
    poke(rig, 'entries', 0, [0, pgd]);
    return entry;
  };

  it('trust: it is followed, and the thread stops for ever, mmap_sem held', () => {
    const rig = faulting('trust');
    empty(rig);
    expect(brokenBy([stepActor(rig, 'cpu0')])).toEqual(['no-empty-dereference']);
    expect([canMove(rig, 'cpu0'), isOver(rig, 'cpu0')]).toEqual([false, true]);
    expect([read(rig, 'mm.mmap_sem_readers'), read(rig, 'cpu.kernel')]).toEqual([1, 1]);
  });

  it('look-again: the walk starts anew from mm.pgd, and the page that was allocated is not lost', () => {
    const rig = faulting('look-again');
    const entry = empty(rig);
    expect(brokenBy([stepActor(rig, 'cpu0')])).toEqual([]);
    poke(rig, 'entries', entry, [0, read(rig, 'mm.pgd')]);
    same(driveUntil(rig, 'cpu0', /^lock ptl/), ['read pgd', 'read pgd', 'read pte', 'allocate', 'read pgd']);
    const taken = driveAll(rig, 'cpu0');
    expect([brokenBy(taken), isOver(rig, 'cpu0')]).toEqual([[], true]);
  });

  it.each([
    ['trust', []],
    ['look-again', ['lock page_table_lock', 'read pgd', 'read pgd', 'unlock page_table_lock']],
  ] as const)('%s: reclaim finds nothing on its first read', (emptyUpper, looks) => {
    const action: Action = { do: 'reclaim', mm: 0, va: 0 };
    const rig = rigOf(scenarioOn({}, [userOn(0, action)]), { ...may, emptyUpper });
    empty(rig);
    same(driveToStop(rig, 'cpu0'), [
      'reclaim wants the page',
      'read pgd',
      'read pgd',
      ...looks,
      'reclaim leaves',
    ]);
  });

  it('look-again: what is there under page_table_lock after all makes it start again', () => {
    const action: Action = { do: 'reclaim', mm: 0, va: 0 };
    const rig = rigOf(scenarioOn({}, [userOn(0, action)]), { ...may, emptyUpper: 'look-again' });
    const entry = empty(rig);
    driveUntil(rig, 'cpu0', /^lock page_table_lock/);
    poke(rig, 'entries', entry, [0, read(rig, 'mm.pgd')]);
    const taken = driveUntil(rig, 'cpu0', /^read pte/);
    same(taken, [
      ...['lock page_table_lock', 'read pgd', 'read pgd', 'unlock page_table_lock'],
      ...['read pgd', 'read pgd'],
    ]);
  });

  const looking = { ...may, emptyUpper: 'look-again' } as const;
  /** What a thread does from an empty entry that it finds after it locked, to its next lock; the entry is there again by then. */
  function wayBack(rig: Rig, table: number, again: RegExp): string[] {
    const entry = read(rig, 'entries', 0, table);
    poke(rig, 'entries', 0, [0, table]);
    const taken = driveUntil(rig, 'cpu0', /^unlock/);
    taken.push(stepActor(rig, 'cpu0'));
    poke(rig, 'entries', entry, [0, table]);
    taken.push(...driveUntil(rig, 'cpu0', again));
    poke(rig, 'mm.rewalk', 0);
    const rest = driveAll(rig, 'cpu0');
    expect([brokenBy([...taken, ...rest]), isOver(rig, 'cpu0')]).toEqual([[], true]);
    return shorts(taken);
  }

  it('look-again: delimbo gives page_table_lock back, with and without split locks', () => {
    const action: Action = { do: 'reclaim', mm: 0, va: 0 };
    for (const splitLocks of [true, false]) {
      const rig = rigOf(scenarioOn({ splitLocks }, [userOn(0, action), userOn(1)]), looking);
      poke(rig, 'mm.rewalk', 1);
      driveUntil(rig, 'cpu0', splitLocks ? /^lock page_table_lock/ : /^read the relocation mark/);
      const back = wayBack(rig, read(rig, 'mm.pgd'), /^read pte|^lock/);
      expect(back.at(-1)).toBe('read pgd');
      expect(back).toContain('unlock page_table_lock');
      expect([read(rig, 'mm.page_table_lock'), read(rig, 'ghost.locks_held')]).toEqual([0, 0]);
    }
  });

  it('look-again: a fault on a huge page gives page_table_lock back and starts anew', () => {
    const world = { shape: 'three', vas: [{ huge: true, readOnly: true }] } as const;
    const write = userOn(0, { do: 'access', va: 0, write: true });
    const rig = rigOf(scenarioOn(world, [write, userOn(1)]), looking);
    driveUntil(rig, 'cpu0', /^lock page_table_lock/);
    poke(rig, 'mm.rewalk', 1);
    const back = wayBack(rig, read(rig, 'mm.pgd'), /^read pmd/);
    expect(back.filter((label) => label.endsWith('page_table_lock'))).toEqual([
      'lock page_table_lock',
      'unlock page_table_lock',
    ]);
    expect(read(rig, 'ghost.locks_held')).toBe(0);
  });

  it('look-again, drop-both: mremap, which gave up both ptls, finds its way cut and starts anew', () => {
    const mremap = userOn(0, { do: 'mremap', mm: 0, from: 0, to: 2 });
    const vas = [{}, {}, { empty: true }, {}];
    const rig = rigOf(scenarioOn({ vas }, [mremap, userOn(1)]), { ...looking, nestedLock: 'drop-both' });
    driveUntil(rig, 'cpu0', /^lock ptl/);
    stepActor(rig, 'cpu0');
    driveUntil(rig, 'cpu0', /^lock ptl/);
    poke(rig, 'mm.rewalk', 1);
    driveUntil(rig, 'cpu0', /^lock page_table_lock/);
    expect(read(rig, 'ghost.locks_held')).toBe(0);
    expect(wayBack(rig, read(rig, 'mm.pgd'), /^lock ptl/)).toContain('unlock page_table_lock');
    expect(read(rig, 'ghost.locks_held')).toBe(0);
  });
});
