import { add, eq, type Expr, get, ne, sub } from '../program/expr.ts';
import { halt, set, show, type Stmt, type Template, violate, when } from '../program/instr.ts';
import { me, showFrame, type Thread, touch } from './thread.ts';

/** A spin lock or sleeping mutex: where its owner (CPU number + 1) stands, and what it is called. */
export interface Lock {
  readonly name: Template;
  readonly owner: Expr;
  readonly setOwner: (value: number) => Stmt;
  /** The page-table frame whose struct page holds the lock, if one does. */
  readonly frame: Expr | null;
  /** page_table_lock and ptl count for "no thread holds one" (property no-lost-dirty). */
  readonly guardsTables: boolean;
}

export function pageTableLock(mm: number, mmName: string): Lock {
  return {
    name: [`page_table_lock of ${mmName}`],
    owner: get('mm.page_table_lock', mm),
    setOwner: (value) => set('mm.page_table_lock', value, mm),
    frame: null,
    guardsTables: true,
  };
}

export function relocationMutex(mm: number, mmName: string): Lock {
  return {
    name: [`relocation mutex of ${mmName}`],
    owner: get('mm.relocation_mutex', mm),
    setOwner: (value) => set('mm.relocation_mutex', value, mm),
    frame: null,
    guardsTables: false,
  };
}

/** The spin lock in the struct page of a PTE table. */
export function splitLock(frame: Expr): Lock {
  return {
    name: ['ptl of ', showFrame(frame)],
    owner: get('frame.ptl', frame),
    setOwner: (value) => set('frame.ptl', value, frame),
    frame,
    guardsTables: true,
  };
}

const held = get('ghost.locks_held');

/** Waits for the lock and takes it; `also` happens in the same step. */
export function takeLock(t: Thread, lock: Lock, also: readonly Stmt[] = []): void {
  t.asm.step({
    label: ['lock ', ...lock.name],
    tag: 'lock',
    guard: eq(lock.owner, 0),
    wait: ['waits for ', ...lock.name, ', held by ', show(lock.owner, 'owner')],
    body: [
      ...touchLock(lock, 'taking a lock'),
      lock.setOwner(me(t)),
      ...(lock.guardsTables ? [set('ghost.locks_held', add(held, 1))] : []),
      ...also,
    ],
  });
}

/** Releases the lock. Releasing what one does not hold is a violation, and the thread stops for ever. */
export function dropLock(t: Thread, lock: Lock, also: readonly Stmt[] = []): void {
  t.asm.step({
    label: ['unlock ', ...lock.name],
    tag: 'unlock',
    body: [
      ...touchLock(lock, 'releasing a lock'),
      ...when(
        ne(lock.owner, me(t)),
        [violate('lock-ownership', 'releases ', ...lock.name, ', held by ', show(lock.owner, 'owner')), halt],
        [lock.setOwner(0), ...(lock.guardsTables ? [set('ghost.locks_held', sub(held, 1))] : []), ...also],
      ),
    ],
  });
}

function touchLock(lock: Lock, what: string): readonly Stmt[] {
  return lock.frame === null ? [] : touch(lock.frame, what);
}
