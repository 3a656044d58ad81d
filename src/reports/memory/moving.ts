import { at } from '../../lib/at.ts';
import { MAP_KINDS, type MapKind } from './map-kinds.ts';
import { giveBack, type Memory, note, NOTHING, setKind } from './memory.ts';

/** Who can leave a frame: pages always, tables when the kernel can relocate them, the kernel's own memory never. */
export function canLeave({ pageAt, tableAt }: Memory, frame: number, relocatable: boolean): boolean {
  return pageAt[frame] !== NOTHING || (relocatable && tableAt[frame] !== NOTHING);
}

/** The kind of what a frame holds. */
export function kindAt({ map }: Memory, frame: number): MapKind {
  return at(MAP_KINDS, at(map, frame));
}

/** Moves what `frame` holds to `to`, which was reserved for it. A table's old frame is in limbo until the next flush. Throws when it cannot. */
export function moveFrame(memory: Memory, frame: number, to: number): void {
  if (memory.pageAt[frame] !== NOTHING) movePage(memory, frame, to);
  else if (memory.tableAt[frame] !== NOTHING) relocateTable(memory, frame, to);
  else throw new Error(`frame ${String(frame)} holds nothing that can move`);
}

/** As migrate_pages does: the page is unmapped, copied and mapped again, and its old frame is free at once. */
function movePage(memory: Memory, frame: number, to: number): void {
  const id = at(memory.pageAt, frame);
  note(memory, { op: 'move', frame, to });
  setKind(memory, to, kindAt(memory, frame));
  at(memory.pages, id).frame = to;
  memory.pageAt[to] = id;
  giveBack(memory, frame);
}

/** The copy takes the table's place at once; the old one may still be in use, so its frame is not free before a flush. */
function relocateTable(memory: Memory, frame: number, to: number): void {
  const id = at(memory.tableAt, frame);
  note(memory, { op: 'relocate', frame, to });
  setKind(memory, to, 'table');
  at(memory.tables, id).frame = to;
  memory.tableAt[to] = id;
  memory.tableAt[frame] = NOTHING;
  setKind(memory, frame, 'limbo');
  memory.limbo.push(frame);
}

/** One flush for all tables in limbo: their old frames are free. Gives how many; nothing happens when there is none. */
export function flushLimbo(memory: Memory): number {
  const waiting = memory.limbo.splice(0);
  if (waiting.length === 0) return 0;
  note(memory, { op: 'flush', frame: at(waiting, 0), to: NOTHING });
  for (const frame of waiting) giveBack(memory, frame);
  return waiting.length;
}
