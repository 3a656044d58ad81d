import { at } from '../lib/at.ts';
import {
  and,
  bitAnd,
  bitOr,
  cond,
  eq,
  type Expr,
  get,
  move,
  ne,
  not,
  num,
  shl,
  sub,
  table,
} from '../program/expr.ts';
import { set, show, type Stmt, when } from '../program/instr.ts';
import { cacheSlots } from './caches.ts';
import { topFor } from './replicas.ts';
import { assign, entryAt, myBit, numberVar, type Thread, touch, type Var } from './thread.ts';

/** What a flush IPI asks for; the number is in `ipi.kind`. */
export const IPI_KINDS = ['none', 'flush', 'reload', 'page'] as const;
export type FlushKind = 'flush' | 'reload' | 'page';

export const ipiPrefix = (cpu: number): string => `ipi${String(cpu)}`;
export const specPrefix = (cpu: number): string => `spec${String(cpu)}`;
export const cpuPrefix = (cpu: number): string => `cpu${String(cpu)}`;

/** Which CPUs have a speculative walker, as a mask: its walk is thrown away when the CPU flushes. */
export interface MmuContext extends Thread {
  readonly speculating: number;
}

function throwAwaySpeculation({ speculating, cpu }: MmuContext): readonly Stmt[] {
  if ((speculating & (1 << cpu)) === 0) return [];
  const spec = specPrefix(cpu);
  return ['pc', 'va', 'walk_table', 'walk_entry'].map((local) => set(`${spec}.${local}`, 0));
}

/** MOV CR3 (SDM 4.10.4.1): drops every TLB and walk-cache entry of this CPU; PAE loads its 4 registers. 0 is the kernel's own table. */
export function movCr3(t: MmuContext, pgd: Expr | number): readonly Stmt[] {
  const frame = typeof pgd === 'number' ? num(pgd) : pgd;
  const { cpu } = t;
  return [
    { k: 'fill', field: 'cpu.tlb', row: num(cpu), value: num(0) },
    { k: 'fill', field: 'cpu.walk_cache', row: num(cpu), value: num(0) },
    ...(t.world.pdpteRegisters ? loadPdptes(t, frame) : []),
    set('cpu.cr3', frame, cpu),
    ...throwAwaySpeculation(t),
  ];
}

function loadPdptes(t: Thread, pgd: Expr): readonly Stmt[] {
  const loads = Array.from({ length: at(t.world.levels, 0).entries }, (_, i) =>
    set('cpu.pdpte', entryAt(pgd, i), i, t.cpu),
  );
  return [...touch(pgd, 'loading the PDPTE registers'), ...loads];
}

/** INVLPG (SDM 4.10.4.1): drops the TLB entry of a va and all walk-cache entries. */
function invlpg(t: MmuContext, va: Expr): readonly Stmt[] {
  const slots = cacheSlots(t.world);
  const tlb = t.world.vas.flatMap((v) => when(eq(va, v.id), [set('cpu.tlb', 0, at(slots.tlb, v.id), t.cpu)]));
  return [
    ...tlb,
    { k: 'fill', field: 'cpu.walk_cache', row: num(t.cpu), value: num(0) },
    ...throwAwaySpeculation(t),
  ];
}

export interface Flush {
  readonly mm: number;
  readonly kind: FlushKind;
  /** For kind 'page': the va's id. */
  readonly va?: number;
}

function ownFlush(t: MmuContext, { mm, kind, va = 0 }: Flush): readonly Stmt[] {
  if (kind === 'page') return invlpg(t, num(va));
  return movCr3(t, kind === 'reload' ? topFor(t.world, mm, t.cpu) : get('cpu.cr3', t.cpu));
}

const FLUSH_NAMES = { flush: 'flush_tlb_mm', reload: 'reload_tlb_mm', page: 'flush_tlb_page' } as const;

/**
 * Makes every CPU of the mask forget: this one first, then an IPI to each other, then one wait for all
 * acknowledgements. Interrupts stay as they are: with interrupts off on both sides this is how CPUs deadlock.
 */
export function flushMm(t: MmuContext, flush: Flush): void {
  const { asm, cpu } = t;
  const { mm, kind } = flush;
  const name = at(t.world.mms, mm).name;
  const arg = kind === 'page' ? at(t.world.vas, flush.va ?? 0).name : name;
  asm.routine(FLUSH_NAMES[kind], arg, () => {
    ownPart(t, flush, arg);
    asm.line('send an IPI to every other CPU in cpu_vm_mask');
    const targets = numberVar(t, 'targets', 2 ** t.world.cpus - 1);
    asm.step({
      label: [`read cpu_vm_mask of ${name}: `, show(get('mm.cpu_vm_mask', mm), 'mask')],
      tag: 'read',
      body: [assign(targets, bitAnd(get('mm.cpu_vm_mask', mm), ~myBit(t))), ...message(t, flush)],
    });
    for (let other = 0; other < t.world.cpus; other++)
      if (other !== cpu) sendTo(t, other, targets, `${FLUSH_NAMES[kind]}(${arg})`);
    asm.line('wait until each has acknowledged');
    const quiet = asm.newLabel();
    asm.branch(eq(targets.value, 0), quiet);
    asm.step({
      label: ['all acknowledged ', `${FLUSH_NAMES[kind]}(${arg})`],
      tag: 'ipi-wait',
      guard: eq(get('ipi.await', cpu), 0),
      wait: ['waits for acknowledgements from ', show(get('ipi.await', cpu), 'mask')],
      body: [],
    });
    asm.place(quiet);
    asm.local(set('ipi.kind', 0, cpu), set('ipi.mm', 0, cpu), set('ipi.va', 0, cpu));
  });
}

function ownPart(t: MmuContext, flush: Flush, arg: string): void {
  const { asm, cpu } = t;
  const notMine = asm.newLabel();
  asm.line('if this CPU runs the process: flush here');
  asm.branch(ne(get('cpu.mm', cpu), flush.mm + 1), notMine);
  asm.branch(ne(get('cpu.lazy', cpu), 0), notMine);
  asm.step({
    label: [`${FLUSH_NAMES[flush.kind]}(${arg}) on this CPU`],
    tag: 'flush',
    body: ownFlush(t, flush),
  });
  asm.place(notMine);
}

function message({ cpu }: Thread, { mm, kind, va = 0 }: Flush): readonly Stmt[] {
  return [set('ipi.kind', IPI_KINDS.indexOf(kind), cpu), set('ipi.mm', mm + 1, cpu), set('ipi.va', va, cpu)];
}

function sendTo(t: Thread, other: number, targets: Var, what: string): void {
  const { asm, cpu } = t;
  const skip = asm.newLabel();
  asm.branch(eq(bitAnd(targets.value, 1 << other), 0), skip);
  asm.step({
    label: [`send IPI ${what} to CPU${String(other)}`],
    tag: 'ipi-send',
    body: [
      set('ipi.from', bitOr(get('ipi.from', other), myBit(t)), other),
      set('ipi.await', bitOr(get('ipi.await', cpu), 1 << other), cpu),
    ],
  });
  asm.place(skip);
}

/** The interrupt handler of one CPU, an actor of its own; while it runs the CPU's thread does not. */
export function writeIpiHandler(t: MmuContext): void {
  const { asm, cpu, world } = t;
  const idle = asm.newLabel();
  const [lazy, ack] = [asm.newLabel(), asm.newLabel()];
  const from = numberVar(t, 'from', world.cpus);
  asm.place(idle);
  takeIpi(t, from);
  const mm = get('ipi.mm', sub(from.value, 1));
  asm.branch(ne(get('cpu.mm', cpu), mm), ack);
  asm.branch(ne(get('cpu.lazy', cpu), 0), lazy);
  asm.jump(ack);
  asm.place(lazy);
  leaveMm(t, sub(mm, 1));
  asm.place(ack);
  asm.line('acknowledge');
  asm.step({
    label: ['acknowledge the IPI of ', show(from.value, 'owner')],
    tag: 'ipi-ack',
    body: [
      set(
        'ipi.from',
        bitAnd(get('ipi.from', cpu), { k: 'binary', op: '^', a: num(-1), b: shl(1, sub(from.value, 1)) }),
        cpu,
      ),
      set('ipi.await', bitAnd(get('ipi.await', sub(from.value, 1)), ~myBit(t)), sub(from.value, 1)),
    ],
  });
  asm.jump(idle);
}

function takeIpi(t: MmuContext, from: Var): void {
  const { asm, cpu } = t;
  const mm = get('ipi.mm', move);
  const kind = get('ipi.kind', move);
  const running = and(eq(get('cpu.mm', cpu), mm), not(get('cpu.lazy', cpu)));
  asm.line('take the IPI; flush if this CPU runs the process');
  asm.step({
    label: [
      'take IPI ',
      show(kind, 'ipi'),
      ' from ',
      show({ k: 'binary', op: '+', a: move, b: num(1) }, 'owner'),
    ],
    tag: 'ipi-take',
    moves: t.world.cpus,
    guard: and(
      ne(bitAnd(get('ipi.from', cpu), shl(1, move)), 0),
      not(get('cpu.irqs_off', cpu)),
      not(table(`in_instruction.${cpuPrefix(cpu)}`, get(`${cpuPrefix(cpu)}.pc`))),
    ),
    wait: [show(interruptible(t), 'no-ipi')],
    body: [
      assign(from, { k: 'binary', op: '+', a: move, b: num(1) }),
      ...when(running, flushHere(t, kind, sub(mm, 1))),
    ],
  });
}

/** 0: no IPI pending; 1: interrupts are off; 2: inside an instruction. */
function interruptible({ cpu }: Thread): Expr {
  return cond(eq(get('ipi.from', cpu), 0), 0, cond(get('cpu.irqs_off', cpu), 1, 2));
}

function flushHere(t: MmuContext, kind: Expr, mm: Expr): readonly Stmt[] {
  const [flush, reload, page] = [1, 2, 3];
  return [
    ...when(eq(kind, flush), movCr3(t, get('cpu.cr3', t.cpu))),
    ...when(eq(kind, reload), movCr3(t, topFor(t.world, mm, t.cpu))),
    ...when(eq(kind, page), invlpg(t, get('ipi.va', move))),
  ];
}

/** A lazy CPU does not flush: it leaves the process (leave_mm). */
function leaveMm(t: MmuContext, mm: Expr): void {
  const { asm, cpu } = t;
  asm.line('lazy: leave the process instead');
  asm.step({
    label: [`clear CPU${String(cpu)} in cpu_vm_mask`],
    tag: 'mask',
    body: [
      set('mm.cpu_vm_mask', bitAnd(get('mm.cpu_vm_mask', mm), ~myBit(t)), mm),
      { k: 'reach', moment: 'lazy-cpu-leaves' },
    ],
  });
  asm.step({ label: ['load the kernel’s own CR3'], tag: 'cr3', body: movCr3(t, 0) });
}
