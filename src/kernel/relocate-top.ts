import { at } from '../lib/at.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { assign, showFrame, tableVar } from '../machine/thread.ts';
import { get } from '../program/expr.ts';
import { set, type Template } from '../program/instr.ts';
import { type KernelThread, mmName, tableLockOf } from './context.ts';
import { allocateFrame, copyTable } from './copy-table.ts';
import { queueOld } from './free-old.ts';
import { intoLimbo, requestFlush } from './into-limbo.ts';
import { irqsOff, irqsRestore } from './irqs.ts';
import type { Relocation } from './relocation.ts';

/** False where the PGD is reported as not migrated: no reload on this architecture, or a PGD that is not one page. */
export function canMoveTop({ design, world }: KernelThread): boolean {
  return design.reload === 'yes' && (design.pageSizeCheck === 'no' || at(world.levels, 0).pageSized);
}

/** Moves the PGD itself: copy, set mm.pgd, ask for a reload of CR3. */
export function relocateTop(r: Relocation): void {
  const { t, mm } = r;
  const { asm, design } = t;
  if (!canMoveTop(t)) return;
  const fresh = tableVar(t, 'rel_fresh');
  const old = tableVar(t, 'rel_old');
  allocateFrame(r, fresh);
  asm.routine('relocate_top', `PGD of ${mmName(t, mm)}`, () => {
    asm.line(design.irqs === 'off' ? 'disable interrupts, lock page_table_lock' : 'lock page_table_lock');
    irqsOff(t);
    takeLock(t, tableLockOf(t, mm));
    asm.local(assign(old, get('mm.pgd', mm)));
    copyTable(t, { from: old.value, to: fresh.value, level: 0 });
    queueOld(r, old.value);
    asm.line('set mm.pgd: the old PGD is in limbo');
    const label: Template = [
      'set pgd of ',
      mmName(t, mm),
      ' from ',
      showFrame(old.value),
      ' to ',
      showFrame(fresh.value),
    ];
    asm.step({
      label,
      tag: 'swing',
      body: [set('mm.pgd', fresh.value, mm), ...intoLimbo(old.value, fresh.value)],
    });
    requestFlush(t, mm, 'reload');
    asm.line('unlock');
    dropLock(t, tableLockOf(t, mm));
    irqsRestore(t);
  });
}
