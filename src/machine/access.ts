import { at } from '../lib/at.ts';
import { and, cond, type Expr, eq, get, ne, not, num, sub } from '../program/expr.ts';
import { set, show, type Stmt, violate, when } from '../program/instr.ts';
import { cacheSlots } from './caches.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, ENTRY_W, frameOf, hasAll, present, withFlags } from './entry.ts';
import {
  assign,
  entryAt,
  entryName,
  entryVar,
  indexAt,
  numberVar,
  pageVar,
  setEntry,
  showEntry,
  showFrame,
  tableVar,
  type Thread,
  touch,
  type Var,
} from './thread.ts';
import { kindNumber, type Va } from './world.ts';

/** A walk of the page tables by the hardware of a CPU (SDM 4.3 to 4.10), for a program or speculative. */
export interface Walk {
  readonly t: Thread;
  readonly va: Va;
  readonly write: boolean;
  /** What the program does when the walk ends in a fault; nothing for a speculative walk. */
  readonly onFault: () => void;
  /** What it does with the translation; `leaf` holds the leaf entry. */
  readonly onDone: (leaf: Var) => void;
}

const tlbOf = (t: Thread, va: Va): Expr => get('cpu.tlb', at(cacheSlots(t.world).tlb, va.id), t.cpu);

/** Statements of a page fault in the CPU: it forgets what it cached for this va (SDM 4.10.4.1). */
export function forgetVa(t: Thread, va: Va): readonly Stmt[] {
  const slots = cacheSlots(t.world);
  return [
    set('cpu.tlb', 0, at(slots.tlb, va.id), t.cpu),
    ...at(slots.walk, va.id).map((slot) => set('cpu.walk_cache', 0, slot, t.cpu)),
  ];
}

/**
 * One access of a user program: TLB, walk on a miss, data. `onFault` writes the kernel's part; the access is then
 * tried again from the start. Every step but the first is inside the instruction: no interrupt comes between.
 */
export function writeAccess(t: Thread, va: Va, write: boolean, onFault: () => void): void {
  const { asm } = t;
  const [again, hit, data] = [asm.newLabel(), asm.newLabel(), asm.newLabel()];
  const page = pageVar(t, 'data');
  asm.place(again);
  const tlb = lookUp(t, va, write);
  asm.branch(ne(tlb.value, 0), hit);
  writeWalk({
    t,
    va,
    write,
    onFault: () => {
      asm.local(...forgetVa(t, va));
      asm.line(`page fault on ${va.name}`, 1);
      onFault();
      asm.jump(again);
    },
    onDone: (leaf) => {
      asm.local(assign(page, frameOf(leaf.value)));
      asm.jump(data);
    },
  });
  asm.place(hit);
  asm.local(assign(page, frameOf(tlb.value)));
  asm.place(data);
  touchData(t, va, write, page);
}

function lookUp(t: Thread, va: Va, write: boolean): Var {
  const tlb = entryVar(t, 'tlb');
  const cached = tlbOf(t, va);
  const usable = write ? hasAll(cached, ENTRY_P | ENTRY_W | ENTRY_D) : present(cached);
  t.asm.line(`${write ? 'write' : 'read'} ${va.name}`);
  t.asm.step({
    label: [`${write ? 'write' : 'read'} ${va.name}: look in the TLB (`, show(usable, 'hit'), ')'],
    tag: 'tlb',
    body: when(usable, [assign(tlb, cached)], [assign(tlb, 0)]),
  });
  return tlb;
}

function touchData(t: Thread, va: Va, write: boolean, page: Var): void {
  const given = eq(get('frame.kind', page.value), kindNumber('dropped'));
  const what = write ? 'write to' : 'read from';
  t.asm.line(`${write ? 'store to' : 'load from'} the page`, 1);
  t.asm.step({
    label: [`${what} `, showFrame(page.value), ` for ${va.name}`],
    tag: 'data',
    inInstruction: true,
    body: [
      ...when(given, [
        violate(
          'no-stale-translation',
          `the ${what} ${va.name} went to `,
          showFrame(page.value),
          ', which was given away',
        ),
      ]),
      ...(write ? when(tracked(t, page.value), [set('ghost.newer', 1, page.value)]) : []),
    ],
  });
}

const tracked = (t: Thread, page: Expr): Expr => ({ k: 'binary', op: '<=', a: page, b: num(t.world.frames) });

/** Writes the walk below the deepest cached entry: one step an entry read, one an A or D update. */
export function writeWalk(walk: Walk): void {
  const { t, va } = walk;
  const { asm } = t;
  const fault = asm.newLabel();
  const over = asm.newLabel();
  const table = tableVar(t, 'walk');
  const entry = entryVar(t, 'walk');
  const starts = startOfWalk(walk, table);
  for (let level = 0; level < va.leaf; level++) {
    const start = starts[level];
    if (start !== undefined) asm.place(start);
    if (level === 0 && t.world.pdpteRegisters) continue;
    readUpper(walk, level, { table, entry, fault });
  }
  const leafStart = starts[va.leaf];
  if (leafStart !== undefined) asm.place(leafStart);
  readLeaf(walk, { table, entry, fault });
  walk.onDone(entry);
  asm.jump(over);
  asm.place(fault);
  walk.onFault();
  asm.place(over);
}

interface WalkVars {
  readonly table: Var;
  readonly entry: Var;
  readonly fault: { target: number };
}

/** Chooses where the walk starts: below the deepest matching cache entry, else at CR3. Gives a label for each level. */
function startOfWalk({ t, va }: Walk, table: Var): { target: number }[] {
  const { asm, world } = t;
  const slots = at(cacheSlots(world).walk, va.id);
  const starts = Array.from({ length: va.leaf + 1 }, () => asm.newLabel());
  for (const slot of [...slots].reverse()) {
    const { level } = at(cacheSlots(world).walkSlots, slot);
    const cached = get('cpu.walk_cache', slot, t.cpu);
    const miss = asm.newLabel();
    asm.branch(eq(cached, 0), miss);
    asm.local(assign(table, cached));
    asm.jump(at(starts, level + 1));
    asm.place(miss);
  }
  if (!world.pdpteRegisters) asm.local(assign(table, get('cpu.cr3', t.cpu)));
  else {
    const register = get('cpu.pdpte', indexAt(va, 0), t.cpu);
    asm.local(assign(table, cond(present(register), frameOf(register), 0)));
  }
  return starts;
}

function readUpper(walk: Walk, level: number, { table, entry, fault }: WalkVars): void {
  const { t, va } = walk;
  const { asm } = t;
  const index = indexAt(va, level);
  const slots = cacheSlots(t.world);
  const slot = at(slots.walk, va.id).find((s) => at(slots.walkSlots, s).level === level);
  if (t.world.pdpteRegisters && level === 1) asm.branch(eq(table.value, 0), fault);
  readStep(walk, level, { table, entry, fault });
  asm.branch(not(present(entry.value)), fault);
  const accessed = asm.newLabel();
  asm.branch(hasAll(entry.value, ENTRY_A), accessed);
  asm.line('set A, if the entry is still present', 2);
  const fresh = entryAt(table.value, index);
  asm.step({
    label: ['set A in ', ...entryName(t, level, index, table.value)],
    tag: 'set-a',
    inInstruction: true,
    body: updateBits({ walk, table, entry, index, required: ENTRY_P, bits: ENTRY_A, fresh }),
  });
  asm.branch(not(present(entry.value)), fault);
  asm.place(accessed);
  if (slot !== undefined) asm.local(set('cpu.walk_cache', frameOf(entry.value), slot, t.cpu));
  asm.local(assign(table, frameOf(entry.value)));
}

function readStep(walk: Walk, level: number, { table, entry }: WalkVars): void {
  const { t, va } = walk;
  const index = indexAt(va, level);
  const from = entryAt(table.value, index);
  t.asm.line(`walk: read ${at(t.world.levels, level).name.toLowerCase()}[${String(index)}]`, 1);
  t.asm.step({
    label: ['walk: read ', ...entryName(t, level, index, table.value), ': ', showEntry(from)],
    tag: 'walk',
    inInstruction: true,
    body: [
      ...touch(table.value, `the walk for ${va.name}`),
      ...when(eq(get('frame.kind', table.value), kindNumber('limbo')), [
        { k: 'reach', moment: 'walk-through-limbo' },
      ]),
      assign(entry, from),
    ],
  });
}

interface Update {
  readonly walk: Walk;
  readonly table: Var;
  readonly entry: Var;
  readonly index: number;
  readonly required: number;
  readonly bits: number;
  readonly fresh: Expr;
}

/** The locked read-modify-write of A and D: it looks at P (and W) again, and takes the entry as it is now. */
function updateBits({ walk, table, entry, index, required, bits, fresh }: Update): readonly Stmt[] {
  return [
    ...touch(table.value, `the A/D update for ${walk.va.name}`),
    ...when(
      hasAll(fresh, required),
      [assign(entry, withFlags(fresh, bits)), setEntry(table.value, index, withFlags(fresh, bits))],
      [assign(entry, 0)],
    ),
  ];
}

function readLeaf(walk: Walk, vars: WalkVars): void {
  const { t, va, write } = walk;
  const { asm } = t;
  const { table, entry, fault } = vars;
  const index = indexAt(va, va.leaf);
  if (t.world.pdpteRegisters && va.leaf === 1) asm.branch(eq(table.value, 0), fault);
  readStep(walk, va.leaf, vars);
  const required = write ? ENTRY_P | ENTRY_W : ENTRY_P;
  const bits = write ? ENTRY_A | ENTRY_D : ENTRY_A;
  asm.branch(not(hasAll(entry.value, required)), fault);
  const marked = asm.newLabel();
  asm.branch(hasAll(entry.value, bits), marked);
  asm.line(`set ${write ? 'A and D' : 'A'}, if the entry still allows it`, 2);
  const fresh = entryAt(table.value, index);
  asm.step({
    label: [`set ${write ? 'A and D' : 'A'} in `, ...entryName(t, va.leaf, index, table.value)],
    tag: write ? 'set-d' : 'set-a',
    inInstruction: true,
    body: [
      ...when(and(num(write ? 1 : 0), eq(get('frame.kind', table.value), kindNumber('limbo'))), [
        { k: 'reach', moment: 'dirty-in-limbo' },
      ]),
      ...updateBits({ walk, table, entry, index, required, bits, fresh }),
      ...when(ne(entry.value, 0), [set('ghost.young', 1, va.id, sub(get('cpu.mm', t.cpu), 1))]),
    ],
  });
  asm.branch(eq(entry.value, 0), fault);
  asm.place(marked);
  asm.local(set('cpu.tlb', entry.value, at(cacheSlots(t.world).tlb, va.id), t.cpu));
}

/** A speculative walker: at any moment a walk of some va of the CPU's own CR3, at most `limit` of them. */
export function writeSpeculation(t: Thread, vas: readonly Va[], limit: number): void {
  const { asm } = t;
  const idle = asm.newLabel();
  const over = asm.newLabel();
  const count = numberVar(t, 'walks', limit);
  const chosen = numberVar(t, 'va', vas.length);
  asm.place(idle);
  asm.line('at any moment: start a walk that no program asked for');
  asm.step({
    label: ['start a speculative walk of ', show({ k: 'move' }, 'speculative-va')],
    tag: 'speculate',
    moves: vas.length,
    guard: and(ne(get('cpu.cr3', t.cpu), 0), { k: 'binary', op: '<', a: count.value, b: num(limit) }),
    wait: ['has done its walks, or CR3 is the kernel’s own'],
    body: [assign(chosen, { k: 'move' }), assign(count, { k: 'binary', op: '+', a: count.value, b: num(1) })],
  });
  for (const [i, va] of vas.entries()) {
    const other = asm.newLabel();
    asm.branch(ne(chosen.value, i), other);
    const finish = (): void => {
      asm.jump(over);
    };
    writeWalk({ t, va, write: false, onFault: finish, onDone: finish });
    asm.place(other);
  }
  asm.place(over);
  asm.jump(idle);
}
