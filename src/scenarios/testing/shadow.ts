import { at } from '../../lib/at.ts';
import { ENTRY_A, ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { cacheSlots } from '../../machine/caches.ts';
import { IPI_KINDS } from '../../machine/mmu.ts';
import { FRAME_KINDS } from '../../machine/world.ts';
import { fieldOf } from '../../program/layout.ts';
import type { Built } from '../build.ts';
import type { FastRun } from './fast-run.ts';

/**
 * A slow observer that knows the rules of the machine and nothing of the programs: what one step may write, who may
 * write it, what may stand in a TLB. `observe` gives the first complaint about the step that was just taken, or null.
 */
export interface Shadow {
  readonly start: () => void;
  /** Before the step: notes what it says it will do. */
  readonly announce: (move: number) => void;
  /** After the step, which wrote `count` words. */
  readonly observe: (count: number) => string | null;
}

/** What a frame may become, from what it is. A table may be replaced while its replacement is already in limbo. */
const NEXT_KINDS: Readonly<Record<string, readonly string[]>> = {
  free: ['new'],
  new: ['free', 'table', 'data'],
  table: ['limbo', 'unlinked', 'freed-table'],
  limbo: ['freed-table', 'unlinked', 'limbo'],
  unlinked: ['freed-table', 'limbo'],
  data: ['dropped'],
};

type Judge = (offset: number, old: number, now: number) => string | null;

interface Told {
  cpu: number;
  tag: string;
  /** The first words of the label. */
  words: string;
  /** Which of its moves the step makes: for an IPI that is taken, the sender. */
  move: number;
}

export function createShadow({ world, actors }: Built, run: FastRun): Shadow {
  const { words, spec } = run;
  const told: Told = { cpu: -1, tag: '', words: '', move: 0 };
  const judges: (Judge | undefined)[] = Array.from({ length: words.length });
  const put = (name: string, judge: (row: number, col: number) => Judge | undefined): void => {
    const { offset, rows, cols } = fieldOf(spec.layout, name);
    for (let row = 0; row < rows; row++)
      for (let col = 0; col < cols; col++) judges[offset + row * cols + col] = judge(row, col);
  };
  cpuRules(put, told);
  cacheRules(put, { world, actors, model: spec }, { run, told });
  lockRules(put, told);
  frameRules(put, told);
  const entries = fieldOf(spec.layout, 'entries');
  const isEntry = (o: number): boolean =>
    o >= entries.offset && o < entries.offset + entries.rows * entries.cols;
  const forgotten = flushRules({ world, actors, model: spec }, words);
  const standing = standingRules({ world, actors, model: spec }, words);
  let marked = 0;
  return {
    start: () => {
      marked = 0;
    },
    announce: (move) => {
      const step = run.next(move >>> 5);
      told.cpu = at(actors, move >>> 5).cpu;
      told.tag = step?.tag ?? '';
      told.move = move & 31;
      const first = step?.label[0];
      told.words = typeof first === 'string' ? first : '';
      marked += markChange(told.words);
    },
    observe: (count) => {
      let written = -1;
      for (let i = 0; i < count; i++) {
        const offset = run.offsets[i] ?? 0;
        const old = run.old[i] ?? 0;
        const complaint = judges[offset]?.(offset, old, words[offset] ?? 0) ?? null;
        if (complaint !== null) return complaint;
        if (!isEntry(offset)) continue;
        if (written >= 0 && written !== offset) return 'two entries written in one step';
        written = offset;
      }
      return forgotten(told) ?? standing(marked);
    },
  };
}

function markChange(words: string): number {
  if (words === 'nesting count += 1' || words === 'set NEED_REWALK') return 1;
  return words === 'nesting count -= 1' || words === 'clear NEED_REWALK' ? -1 : 0;
}

type Put = (name: string, judge: (row: number, col: number) => Judge | undefined) => void;

/** What a CPU has to itself is changed by nobody else. */
function cpuRules(put: Put, told: Told): void {
  for (const name of ['cpu.cr3', 'cpu.mm', 'cpu.lazy', 'cpu.irqs_off', 'cpu.kernel'])
    put(name, (_, cpu) => () => (told.cpu === cpu ? null : `${name} of another CPU is changed`));
}

/** A TLB or walk cache takes in only what stands in an entry at that moment, present and young. */
function cacheRules(put: Put, { world, model }: Built, { run, told }: { run: FastRun; told: Told }): void {
  const { words } = run;
  const entries = fieldOf(model.layout, 'entries');
  const slots = cacheSlots(world);
  const stands = (index: number, fits: (word: number) => boolean): boolean => {
    for (let frame = 1; frame <= world.tableFrames; frame++)
      if (fits(words[entries.offset + frame * entries.cols + index] ?? 0)) return true;
    return false;
  };
  put('cpu.tlb', (cpu, slot) => {
    const va = world.vas.find(({ id }) => slots.tlb[id] === slot);
    const index = va?.path[va.leaf] ?? 0;
    return (_offset, _old, now) => {
      if (told.cpu !== cpu) return 'the TLB of another CPU is changed';
      if (now === 0) return null;
      if ((now & (ENTRY_P | ENTRY_A)) !== (ENTRY_P | ENTRY_A))
        return 'the TLB takes in what is not present and young';
      return stands(index, (word) => word === now) ? null : 'the TLB takes in what no entry holds';
    };
  });
  put('cpu.walk_cache', (cpu, slot) => {
    const known = slots.walkSlots[slot];
    const index = known?.prefix[known.level] ?? 0;
    return (_offset, _old, now) => {
      if (told.cpu !== cpu) return 'the walk cache of another CPU is changed';
      if (now === 0 || stands(index, (word) => (word & ENTRY_P) !== 0 && entryFrame(word) === now))
        return null;
      return 'the walk cache takes in a table that no entry leads to';
    };
  });
}

/** A spin lock is taken when free, by the CPU that steps, and released by its owner. */
function lockRules(put: Put, told: Told): void {
  for (const name of ['mm.page_table_lock', 'frame.ptl'])
    put(name, () => (_offset, old, now) => {
      // A new table's lock is initialised unlocked.
      if (told.tag === 'swing' && now === 0) return null;
      if (old !== 0 && now !== 0) return `${name} changes hands`;
      return (old === 0 ? now : old) === told.cpu + 1
        ? null
        : `${name} is changed by another CPU than its owner`;
    });
}

function frameRules(put: Put, told: Told): void {
  put('frame.kind', () => (_offset, old, now) => {
    const [from, to] = [at(FRAME_KINDS, old), at(FRAME_KINDS, now)];
    return (NEXT_KINDS[from] ?? []).includes(to) ? null : `a frame turns from ${from} to ${to}`;
  });
  put('frame.dirty', () => () => (told.tag === 'page' ? null : 'a page’s dirty bit changes in passing'));
  put('ghost.newer', () => (_offset, _old, now) => {
    const right = now === 0 ? told.tag === 'page' : told.tag === 'data' && told.words.startsWith('write');
    return right
      ? null
      : `a page’s contents become ${now === 0 ? 'clean' : 'newer'} in a step that is no such thing`;
  });
}

/** MOV CR3, and a flush that was asked for and is about to be acknowledged, leave nothing cached; INVLPG leaves no walk cache. */
function flushRules({ world, model }: Built, words: Int32Array): (told: Told) => string | null {
  const value = (name: string, i: number): number => words[fieldOf(model.layout, name).offset + i] ?? 0;
  const [tlb, walk] = [fieldOf(model.layout, 'cpu.tlb'), fieldOf(model.layout, 'cpu.walk_cache')];
  const empty = ({ offset, cols }: typeof tlb, cpu: number): boolean => {
    for (let i = 0; i < cols; i++) if ((words[offset + cpu * cols + i] ?? 0) !== 0) return false;
    return true;
  };
  const slots = cacheSlots(world);
  return ({ cpu, tag, move }) => {
    if (tag === 'cr3') return empty(tlb, cpu) && empty(walk, cpu) ? null : 'MOV CR3 leaves something cached';
    if (tag !== 'ipi-take') return null;
    const runs = value('cpu.mm', cpu) === value('ipi.mm', move) && value('cpu.lazy', cpu) === 0;
    if (!runs) return null;
    if (!empty(walk, cpu)) return 'a flush leaves a walk cache';
    const va = IPI_KINDS[value('ipi.kind', move)] === 'page' ? value('ipi.va', move) : -1;
    if (va < 0) return empty(tlb, cpu) ? null : 'a flush leaves something in the TLB';
    const slot = tlb.offset + cpu * tlb.cols + (slots.tlb[va] ?? 0);
    return words[slot] === 0 ? null : 'INVLPG leaves its own va in the TLB';
  };
}

/** What is true of every state, whatever step led there. */
function standingRules({ world, model }: Built, words: Int32Array): (marked: number) => string | null {
  const start = (name: string): number => fieldOf(model.layout, name).offset;
  const [tlb, walk] = [fieldOf(model.layout, 'cpu.tlb'), fieldOf(model.layout, 'cpu.walk_cache')];
  const fields = ['mm.rewalk', 'mm.page_table_lock', 'frame.ptl', 'ghost.locks_held', 'cpu.cr3'];
  const [rewalk = 0, ptls = 0, ptl = 0, held = 0, cr3 = 0] = fields.map(start);
  const [writer = 0, readers = 0, from = 0, awaits = 0] = [
    ...['mm.mmap_sem_writer', 'mm.mmap_sem_readers', 'ipi.from', 'ipi.await'],
  ].map(start);
  const w = (offset: number): number => words[offset] ?? 0;
  const cached = (cpu: number): boolean => {
    for (let i = 0; i < tlb.cols; i++) if (w(tlb.offset + cpu * tlb.cols + i) !== 0) return true;
    for (let i = 0; i < walk.cols; i++) if (w(walk.offset + cpu * walk.cols + i) !== 0) return true;
    return false;
  };
  return (marked) => {
    let [marks, locks] = [0, 0];
    for (let mm = 0; mm < world.mms.length; mm++) {
      marks += w(rewalk + mm);
      if (w(ptls + mm) !== 0) locks += 1;
      if (w(writer + mm) !== 0 && w(readers + mm) !== 0)
        return 'mmap_sem is held for writing and for reading';
    }
    for (let frame = 1; frame <= world.tableFrames; frame++) if (w(ptl + frame) !== 0) locks += 1;
    if (marks !== marked) return `${String(marked)} relocations are marked, mm.rewalk says ${String(marks)}`;
    if (locks !== w(held)) return `${String(locks)} locks are held, ghost.locks_held says ${String(w(held))}`;
    for (let cpu = 0; cpu < world.cpus; cpu++) {
      if (w(cr3 + cpu) === 0 && cached(cpu))
        return `CPU${String(cpu)} is on the kernel’s own table and still caches`;
      for (let to = 0; to < world.cpus; to++)
        if (((w(awaits + cpu) >> to) & 1) !== ((w(from + to) >> cpu) & 1))
          return `IPI from CPU${String(cpu)} to CPU${String(to)}: awaited and pending differ`;
    }
    return null;
  };
}
