import { assign, numberVar } from '../machine/thread.ts';
import { kindNumber } from '../machine/world.ts';
import { eq, type Expr, get } from '../program/expr.ts';
import { set, show, type Stmt, when } from '../program/instr.ts';
import { type KernelThread, mmName } from './context.ts';

export function intoLimbo(old: Expr, fresh: Expr): readonly Stmt[] {
  const before = get('frame.kind', get('ghost.replaced', old));
  return [
    ...when(eq(before, kindNumber('limbo')), [{ k: 'reach', moment: 'double-relocation' }]),
    set('ghost.replaced', old, fresh),
    set('frame.kind', kindNumber('limbo'), old),
    set('frame.kind', kindNumber('table'), fresh),
  ];
}

/** Step 10: if any CPU may cache the process, somebody has to flush (or reload) before the old table may go. */
export function requestFlush(t: KernelThread, mm: number, kind: 'flush' | 'reload'): void {
  const { asm } = t;
  const flag = kind === 'flush' ? 'NEED_FLUSH' : 'NEED_RELOAD';
  const mask = numberVar(t, 'targets', 2 ** t.world.cpus - 1);
  const none = asm.newLabel();
  asm.line(`if any CPU is in cpu_vm_mask: set ${flag}`);
  asm.step({
    label: [`read cpu_vm_mask of ${mmName(t, mm)}: `, show(get('mm.cpu_vm_mask', mm), 'mask')],
    tag: 'read',
    body: [assign(mask, get('mm.cpu_vm_mask', mm))],
  });
  asm.branch(eq(mask.value, 0), none);
  asm.step({ label: [`set ${flag}`], tag: 'flag', body: [set(`mm.need_${kind}`, 1, mm)] });
  asm.place(none);
}
