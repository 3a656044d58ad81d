import { IPI_KINDS } from './mmu.ts';
import { pieceText } from './words.ts';
import { FRAME_KINDS, type World } from './world.ts';

const ENTRY_FIELDS = ['entries', 'cpu.tlb', 'cpu.pdpte', 'ghost.translation'];
const FRAME_FIELDS = [
  'mm.pgd',
  'cpu.cr3',
  'cpu.walk_cache',
  'frame.link',
  'frame.behind',
  'frame.replica',
  'old.list',
  'ghost.replaced',
];
const OWNER_FIELDS = ['mm.page_table_lock', 'mm.mmap_sem_writer', 'mm.relocation_mutex', 'frame.ptl'];
const MASK_FIELDS = ['mm.cpu_vm_mask', 'mm.mmap_sem_readers', 'mm.flushing', 'ipi.from', 'ipi.await'].concat([
  'rcu.waits_for',
  'ghost.relocating',
]);

/** How the values of a field are shown; a thread's local tells by its name. */
function shownAs(field: string): string {
  if (field.endsWith('.targets')) return 'mask';
  if (/^ipi\d+\.from$/.test(field)) return 'owner';
  if (ENTRY_FIELDS.includes(field) || field.endsWith('_entry')) return 'entry';
  if (FRAME_FIELDS.includes(field) || /_(table|page)$/.test(field)) return 'frame';
  if (OWNER_FIELDS.includes(field)) return 'owner';
  return MASK_FIELDS.includes(field) ? 'mask' : 'number';
}

/** A value of a field in words: "frame 7 P W A", "CPU1", "limbo", "3". */
export function valueText(world: World, field: string, value: number): string {
  if (field === 'frame.kind') return FRAME_KINDS[value] ?? String(value);
  if (field === 'ipi.kind') return IPI_KINDS[value] ?? String(value);
  if (field === 'cpu.mm' || field === 'ipi.mm') return world.mms[value - 1]?.name ?? 'none';
  return pieceText(world, { value, as: shownAs(field) });
}

/** The value of an actor's local in words. One that is needed no more is set to 0, and cannot be told from one that became it. */
export function localText(world: World, field: string, value: number): string {
  return value === 0 ? 'nothing' : valueText(world, field, value);
}

/** A local of an actor without the actor: "walk table". */
export function localName(field: string): string {
  return field.slice(field.indexOf('.') + 1).replaceAll('_', ' ');
}

/** An element of a field, named for people: "entries[1] of frame 7", "ptl of frame 7", "cr3 of CPU0". */
export function elementText(world: World, field: string, { row, col }: { row: number; col: number }): string {
  const [area = '', name = ''] = field.split('.');
  const frame = (id: number): string => pieceText(world, { value: id, as: 'frame' });
  if (field === 'entries') return `entry ${String(col)} of ${frame(row)}`;
  if (area === 'frame' || field === 'ghost.newer' || field === 'ghost.replaced')
    return `${name} of ${frame(col)}`;
  if (area === 'mm') return `${name} of ${world.mms[col]?.name ?? String(col)}`;
  if (/^cpu\.(tlb|walk_cache|pdpte)$/.test(field)) return `${name}[${String(col)}] of CPU${String(row)}`;
  if (area === 'cpu' || area === 'ipi') return `${field.replace('cpu.', '')} of CPU${String(col)}`;
  if (field === 'rcu.waits_for') return `grace period of CPU${String(col)}`;
  return row === 0 && col === 0 ? field : `${field}[${String(row)}][${String(col)}]`;
}
