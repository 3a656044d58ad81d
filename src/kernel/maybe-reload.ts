import { at } from '../lib/at.ts';
import type { Label } from '../program/assembler.ts';
import { bitAnd, bitOr, eq, get } from '../program/expr.ts';
import { set, show, type Stmt } from '../program/instr.ts';
import type { FlushKind } from '../machine/mmu.ts';
import { assign, myBit, numberVar } from '../machine/thread.ts';
import { type KernelThread, mmName } from './context.ts';
import { flushProcess } from './flush-process.ts';

const FLAGS = { reload: 'mm.need_reload', flush: 'mm.need_flush' } as const;

/**
 * Whoever finds NEED_RELOAD or NEED_FLUSH set does the work for all. The choice `flagClear` says whether the flag falls
 * before the flush starts (then somebody else may go on while CPUs still hold old translations) or after it is over.
 */
export function maybeReload(t: KernelThread, mm: number): void {
  const { asm } = t;
  asm.routine('maybe_reload', mmName(t, mm), () => {
    const done = asm.newLabel();
    tryFlag(t, mm, 'reload', done);
    maybeFlush(t, mm, done);
    asm.place(done);
  });
}

function maybeFlush(t: KernelThread, mm: number, done: Label): void {
  tryFlag(t, mm, 'flush', done);
  if (t.design.flagClear !== 'before-and-wait') return;
  t.asm.line('otherwise wait for a flush under way');
  t.asm.step({
    label: ['no flush is under way'],
    tag: 'wait',
    guard: eq(bitAnd(get('mm.flushing', mm), ~myBit(t)), 0),
    wait: ['waits for the flush under way on ', show(get('mm.flushing', mm), 'mask')],
    body: [],
  });
}

function tryFlag(t: KernelThread, mm: number, kind: Exclude<FlushKind, 'page'>, done: Label): void {
  const { asm, design } = t;
  const field = FLAGS[kind];
  const name = kind === 'reload' ? 'NEED_RELOAD' : 'NEED_FLUSH';
  const found = numberVar(t, 'flag', 1);
  const next = asm.newLabel();
  const clearsFirst = design.flagClear !== 'after';
  asm.line(`if ${clearsFirst ? 'test-and-clear' : 'test'} ${name}: ${kind} every CPU of the process`);
  asm.step({
    label: [`${clearsFirst ? 'test and clear' : 'test'} ${name}: `, show(get(field, mm), 'flag')],
    tag: 'flag',
    body: [assign(found, get(field, mm)), ...(clearsFirst ? clearFlags(t, mm, kind) : [])],
  });
  asm.branch(eq(found.value, 0), next);
  if (kind === 'reload' && clearsFirst) clearOtherFlag(t, mm);
  flushProcess(t, mm, kind);
  finishFlush(t, mm, kind);
  asm.jump(done);
  asm.place(next);
}

function clearFlags(t: KernelThread, mm: number, kind: 'reload' | 'flush'): readonly Stmt[] {
  const field = FLAGS[kind];
  const flushing = get('mm.flushing', mm);
  const mark: Stmt[] =
    t.design.flagClear === 'before-and-wait'
      ? [
          {
            k: 'if',
            test: get(field, mm),
            then: [set('mm.flushing', bitOr(flushing, myBit(t)), mm)],
            else: [],
          },
        ]
      : [];
  return [...mark, set(field, 0, mm)];
}

function clearOtherFlag(t: KernelThread, mm: number): void {
  t.asm.step({ label: ['clear NEED_FLUSH'], tag: 'flag', body: [set('mm.need_flush', 0, mm)] });
}

function finishFlush(t: KernelThread, mm: number, kind: 'reload' | 'flush'): void {
  const { asm, design } = t;
  if (design.flagClear === 'before-and-wait') {
    const flushing = get('mm.flushing', mm);
    asm.step({
      label: ['the flush is complete: let others go on'],
      tag: 'flag',
      body: [set('mm.flushing', bitAnd(flushing, ~myBit(t)), mm)],
    });
  }
  if (design.flagClear !== 'after') return;
  const names = kind === 'reload' ? (['reload', 'flush'] as const) : (['flush'] as const);
  for (const name of names)
    asm.step({
      label: [`clear ${at(FLAGS[name].split('.'), 1).toUpperCase()}`],
      tag: 'flag',
      body: [set(FLAGS[name], 0, mm)],
    });
}
