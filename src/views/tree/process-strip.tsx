import { memo, useMemo } from 'react';
import type { LockName } from '../../formats/pick.ts';
import { type MmState, mmState } from '../../machine/decode.ts';
import { sameSelection, type Selection } from '../../store/selection.ts';
import { useFollowing } from '../settling.tsx';
import { pointing, toggleSelected } from '../threads/linked.ts';
import { changedTest, type WasChanged } from './tree-holders.ts';

interface Fact {
  readonly name: string;
  readonly value: string;
  /** It says something: a lock is held, a flag is set. */
  readonly on: boolean;
  readonly changed: boolean;
  /** A lock can be chosen, also while nobody holds it: to see its history, to stop where it changes. */
  readonly lock: Lock | null;
}

type Lock = Extract<Selection, { readonly kind: 'lock' }>;

const OFF = '–';

/** Locks, flags and masks of each process, above its tree. Always in the same order: nothing moves when one is set. */
export function ProcessStrip() {
  const { scene, changed } = useFollowing();
  const wasChanged = useMemo(() => (scene === null ? null : changedTest(scene, changed)), [scene, changed]);
  if (scene === null || wasChanged === null) return null;
  return (
    <div className="tree-strip">
      {scene.world.mms.map((_, mm) => {
        const state = mmState(scene, mm);
        return (
          <div key={mm} className="tree-process" role="group" aria-label={`Process ${state.name}`}>
            <strong>{state.name}</strong>
            {factsOf(state, wasChanged).map((fact) => (
              <FactChip key={fact.name} {...fact} />
            ))}
          </div>
        );
      })}
    </div>
  );
}

const FactChip = memo(function FactChip({ name, value, on, changed, lock }: Fact) {
  const look = `tree-fact${on ? ' is-on' : ''}${changed ? ' is-changed' : ''}`;
  const text = (
    <>
      {name} <b>{value}</b>
    </>
  );
  if (lock === null) return <span className={look}>{text}</span>;
  return (
    <button type="button" className={look} onClick={() => toggleSelected(lock)} {...pointing(lock)}>
      {text}
    </button>
  );
}, isSameFact);

function isSameFact(a: Fact, b: Fact): boolean {
  return (
    a.name === b.name &&
    a.value === b.value &&
    a.on === b.on &&
    a.changed === b.changed &&
    sameSelection(a.lock, b.lock)
  );
}

function factsOf(state: MmState, wasChanged: WasChanged): readonly Fact[] {
  const { mm, pageTableLock, relocationMutex, mark, needFlush, needReload, cpuVmMask } = state;
  const fact = (name: string, value: string, ...fields: readonly string[]): Fact => ({
    name,
    value,
    on: value !== OFF && value !== '0',
    changed: fields.some((field) => wasChanged(`mm.${field}`, mm)),
    lock: null,
  });
  const lock = (of: Fact, name: LockName): Fact => ({ ...of, lock: { kind: 'lock', lock: name, of: mm } });
  return [
    fact('cpu_vm_mask', cpuList(cpuVmMask), 'cpu_vm_mask'),
    lock(fact('page_table_lock', owner(pageTableLock), 'page_table_lock'), 'page_table_lock'),
    lock(
      fact('mmap_sem', semaphore(state), 'mmap_sem_writer', 'mmap_sem_readers'),
      state.mmapSemWriter >= 0 ? 'mmap_sem_writer' : 'mmap_sem_readers',
    ),
    lock(fact('relocation mutex', owner(relocationMutex), 'relocation_mutex'), 'relocation_mutex'),
    fact('mark', String(mark), 'rewalk'),
    fact('NEED_FLUSH', needFlush ? 'set' : OFF, 'need_flush'),
    fact('NEED_RELOAD', needReload ? 'set' : OFF, 'need_reload'),
  ];
}

function owner(cpu: number): string {
  return cpu < 0 ? OFF : `CPU${String(cpu)}`;
}

function cpuList(cpus: readonly number[]): string {
  return cpus.length === 0 ? OFF : cpus.map((cpu) => `CPU${String(cpu)}`).join(' ');
}

function semaphore({ mmapSemWriter, mmapSemReaders }: MmState): string {
  if (mmapSemWriter >= 0) return `CPU${String(mmapSemWriter)} writes`;
  return mmapSemReaders.length === 0 ? OFF : `${cpuList(mmapSemReaders)} reads`;
}
