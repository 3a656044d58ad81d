import { at } from '../lib/at.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { assign, showFrame, tableVar } from '../machine/thread.ts';
import { eq, get, ne } from '../program/expr.ts';
import { set, type Stmt, type Template, when } from '../program/instr.ts';
import { type KernelThread, mmName, tableLockOf } from './context.ts';
import { allocateFrame, copyTable } from './copy-table.ts';
import { changeRing, type Chosen, chooseCopy, type Copies, copiesOf } from './drop-copy.ts';
import { queueOld } from './free-old.ts';
import { intoLimbo, requestFlush } from './into-limbo.ts';
import { irqsOff, irqsRestore } from './irqs.ts';
import { assumeLeaf, linkIfMapping } from './links.ts';
import type { Relocation } from './relocation.ts';

/** False where the PGD is reported as not migrated: no reload on this architecture, or a PGD that is not one page. */
export function canMoveTop({ design, world }: KernelThread): boolean {
  return design.reload === 'yes' && (design.pageSizeCheck === 'no' || at(world.levels, 0).pageSized);
}

/** Where the destination node has a copy of the PGD, there is nothing to copy: kernel threads read no A or D of an upper entry. */
function copyUnlessThere({ t }: Relocation, copies: Copies | null, { old, fresh }: Chosen): void {
  const has = t.asm.newLabel();
  if (copies !== null) {
    assumeLeaf(t, 0);
    t.asm.branch(ne(copies.there.value, 0), has);
  }
  copyTable(t, { from: old.value, to: fresh.value, level: 0, copies });
  t.asm.place(has);
}

/** mm.pgd for the CPUs of one node: the new PGD, if they used the one that leaves or are on the destination node. */
function setTop({ t, mm }: Relocation, copies: Copies | null, { old, fresh }: Chosen): SetTop {
  const { replicas, nodes } = t.world;
  const setRow = (node: number): readonly Stmt[] => [set('mm.pgd', fresh.value, mm, node)];
  const further = Array.from({ length: replicas === null ? 0 : nodes - 1 }, (_, i) => i + 1);
  const row = (node: number): readonly Stmt[] =>
    copies === null || node === copies.destination
      ? setRow(node)
      : when(eq(get('mm.pgd', mm, node), old.value), setRow(node));
  return { first: row(0), further: further.map((node) => ({ node, body: row(node) })) };
}

interface SetTop {
  readonly first: readonly Stmt[];
  readonly further: readonly { readonly node: number; readonly body: readonly Stmt[] }[];
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
    const copies = copiesOf(r);
    asm.local(assign(copies?.lead ?? old, get('mm.pgd', mm)));
    if (copies !== null) asm.local(...chooseCopy(r, copies, { old, fresh }));
    copyUnlessThere(r, copies, { old, fresh });
    linkIfMapping(t, { old: old.value, fresh: fresh.value, level: 0 });
    queueOld(r, old.value, 0);
    asm.line('set mm.pgd: the old PGD is in limbo');
    const label: Template = [
      'set pgd of ',
      mmName(t, mm),
      ' from ',
      showFrame(old.value),
      ' to ',
      showFrame(fresh.value),
    ];
    const ring = copies === null ? [] : changeRing(t, copies, { old, fresh });
    const { first, further } = setTop(r, copies, { old, fresh });
    asm.step({ label, tag: 'swing', body: [...first, ...ring, ...intoLimbo(old.value, fresh.value)] });
    for (const { node, body } of further)
      asm.step({ label: [...label, ` for node ${String(node)}, if it was that`], tag: 'swing', body });
    requestFlush(t, mm, 'reload');
    asm.line('unlock');
    dropLock(t, tableLockOf(t, mm));
    irqsRestore(t);
  });
}
