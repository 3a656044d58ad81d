import { at } from '../../lib/at.ts';
import { ENTRY_A, ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { fieldOf } from '../../program/layout.ts';
import { cacheSlots } from '../../machine/caches.ts';
import { read, type Rig, type Taken } from './rig.ts';

/** What a slow observer remembers of a run: everything that was ever in an entry, and the relocations under way. */
export interface Shadow {
  readonly everInEntries: Set<number>;
  readonly everLedTo: Set<number>;
  /** Relocations that have marked their process and not yet taken the mark back. */
  marked: number;
  journalSeen: number;
}

const entryWords = (rig: Rig): Int32Array => {
  const { offset, rows, cols } = fieldOf(rig.scene.layout, 'entries');
  return rig.scene.words.subarray(offset, offset + rows * cols);
};

export function createShadow(rig: Rig): Shadow {
  const words = entryWords(rig);
  return {
    everInEntries: new Set(words),
    everLedTo: new Set(Array.from(words, entryFrame)),
    marked: 0,
    journalSeen: rig.machine.journal.length,
  };
}

/** Takes note of a step, then gives every complaint about the state after it. */
export function observe(rig: Rig, shadow: Shadow, taken: Taken): string[] {
  const written = entriesWritten(rig, shadow);
  for (const word of written) {
    shadow.everInEntries.add(word);
    shadow.everLedTo.add(entryFrame(word));
  }
  if (/^(nesting count \+= 1|set NEED_REWALK)$/.test(taken.label)) shadow.marked += 1;
  if (/^(nesting count -= 1|clear NEED_REWALK)$/.test(taken.label)) shadow.marked -= 1;
  const tooMany =
    written.length > 1 ? [`${taken.label}: ${String(written.length)} entries written in one step`] : [];
  return [...tooMany, ...marks(rig, shadow), ...locks(rig), ...cachesOf(rig, shadow), ...ipis(rig)];
}

function entriesWritten(rig: Rig, shadow: Shadow): number[] {
  const { journal } = rig.machine;
  const { offset, rows, cols } = fieldOf(rig.scene.layout, 'entries');
  const words: number[] = [];
  for (let i = shadow.journalSeen; i < journal.length; i++) {
    const place = at(journal.offsets, i) - offset;
    if (place >= 0 && place < rows * cols) words.push(at(journal.fresh, i));
  }
  shadow.journalSeen = journal.length;
  return words;
}

function marks(rig: Rig, { marked }: Shadow): string[] {
  const total = rig.scene.world.mms.reduce((sum, _, mm) => sum + read(rig, 'mm.rewalk', mm), 0);
  return total === marked
    ? []
    : [`${String(marked)} relocations are marked, mm.rewalk says ${String(total)}`];
}

function locks(rig: Rig): string[] {
  const { mms, tableFrames, cpus } = rig.scene.world;
  const owners = [
    ...mms.map((_, mm) => read(rig, 'mm.page_table_lock', mm)),
    ...Array.from({ length: tableFrames + 1 }, (_, frame) => read(rig, 'frame.ptl', frame)),
  ];
  const held = owners.filter((owner) => owner !== 0).length;
  const counted = read(rig, 'ghost.locks_held');
  const wrong =
    held === counted ? [] : [`${String(held)} locks are held, ghost.locks_held says ${String(counted)}`];
  return owners.some((owner) => owner > cpus) ? [...wrong, 'a lock is held by no CPU'] : wrong;
}

/** TLBs hold only what some entry held once, present and young; a CPU on the kernel's own table holds nothing. */
function cachesOf(rig: Rig, { everInEntries, everLedTo }: Shadow): string[] {
  const { cpus, tableFrames } = rig.scene.world;
  const slots = cacheSlots(rig.scene.world);
  return Array.from({ length: cpus }, (_, cpu) => cpu).flatMap((cpu) => {
    const tlb = Array.from({ length: slots.tlbSlots }, (_, slot) => read(rig, 'cpu.tlb', slot, cpu)).filter(
      Boolean,
    );
    const walk = slots.walkSlots.map(({ slot }) => read(rig, 'cpu.walk_cache', slot, cpu)).filter(Boolean);
    const name = `CPU${String(cpu)}`;
    const complaints: string[] = [];
    if (tlb.some((word) => !everInEntries.has(word)))
      complaints.push(`${name} caches what no entry ever held`);
    if (tlb.some((word) => (word & (ENTRY_P | ENTRY_A)) !== (ENTRY_P | ENTRY_A)))
      complaints.push(`${name} caches an entry that is not present and young`);
    if (walk.some((frame) => frame > tableFrames || !everLedTo.has(frame)))
      complaints.push(`${name} caches a table that no entry ever led to`);
    if (read(rig, 'cpu.cr3', cpu) === 0 && tlb.length + walk.length > 0)
      complaints.push(`${name} is on the kernel’s own table and still caches the process`);
    return complaints;
  });
}

/** Whoever waits for an acknowledgement has an IPI pending there, and the other way round. */
function ipis(rig: Rig): string[] {
  const { cpus } = rig.scene.world;
  const complaints: string[] = [];
  for (let from = 0; from < cpus; from++)
    for (let to = 0; to < cpus; to++) {
      const awaits = (read(rig, 'ipi.await', from) >> to) & 1;
      const pending = (read(rig, 'ipi.from', to) >> from) & 1;
      if (awaits !== pending)
        complaints.push(`IPI from CPU${String(from)} to CPU${String(to)}: awaited and pending differ`);
    }
  return complaints;
}
