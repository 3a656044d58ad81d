import { memo } from 'react';
import { type MmState, mmState, type Scene } from '../../machine/decode.ts';
import type { WasChanged } from './tree-holders.ts';

interface ProcessStripProps {
  readonly scene: Scene;
  readonly wasChanged: WasChanged;
}

interface Fact {
  readonly name: string;
  readonly value: string;
  /** It says something: a lock is held, a flag is set. */
  readonly on: boolean;
  readonly changed: boolean;
}

const OFF = '–';

/** Locks, flags and masks of each process, above its tree. Always in the same order: nothing moves when one is set. */
export function ProcessStrip({ scene, wasChanged }: ProcessStripProps) {
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

const FactChip = memo(function FactChip({ name, value, on, changed }: Fact) {
  return (
    <span className={`tree-fact${on ? ' is-on' : ''}${changed ? ' is-changed' : ''}`}>
      {name} <b>{value}</b>
    </span>
  );
});

function factsOf(state: MmState, wasChanged: WasChanged): readonly Fact[] {
  const { mm, pageTableLock, relocationMutex, mark, needFlush, needReload, cpuVmMask } = state;
  const fact = (name: string, value: string, ...fields: readonly string[]): Fact => ({
    name,
    value,
    on: value !== OFF && value !== '0',
    changed: fields.some((field) => wasChanged(`mm.${field}`, mm)),
  });
  return [
    fact('cpu_vm_mask', cpuList(cpuVmMask), 'cpu_vm_mask'),
    fact('page_table_lock', owner(pageTableLock), 'page_table_lock'),
    fact('mmap_sem', semaphore(state), 'mmap_sem_writer', 'mmap_sem_readers'),
    fact('relocation mutex', owner(relocationMutex), 'relocation_mutex'),
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
