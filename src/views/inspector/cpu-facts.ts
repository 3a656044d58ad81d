import { at } from '../../lib/at.ts';
import { cpuState, frameState, type Local, localsOf, mmState, type Scene } from '../../machine/decode.ts';
import { localName } from '../../machine/field-words.ts';
import { entryText, frameText } from '../../machine/words.ts';
import type { Selection } from '../../store/selection.ts';
import { type HeldLock, locksOf, numberText } from '../threads/actor-state.ts';
import type { Fact, Inspected } from './inspected.ts';

/** What an actor does next, or why it cannot; what it remembers. */
export function actorFacts(inspected: Inspected, actor: number): readonly Fact[] {
  return [...nextFacts(inspected, actor), ...localFacts(inspected, actor)];
}

function localFacts({ scene, opened }: Inspected, actor: number): readonly Fact[] {
  const { locals } = at(opened.programs, actor);
  const { kind, cpu } = at(opened.actors, actor);
  const held = kind === 'thread' ? locksOf(scene, cpu) : [];
  const lockText = ({ name, frame }: HeldLock): string =>
    frame === 0 ? name : `${name} ${frameText(scene.world, frame)}`;
  return [
    ...(held.length === 0 ? [] : [{ name: 'holds', value: held.map(lockText).join(', ') }]),
    ...localsOf(scene, locals).map((local) => ({
      name: localName(local.field),
      value: localText(scene, local),
      field: local.field,
    })),
  ];
}

function localText({ world }: Scene, local: Local): string {
  if (local.as === 'entry') return entryText(world, local.value);
  return local.as === 'frame' ? frameText(world, local.value) : numberText(local);
}

function nextFacts({ choices }: Inspected, actor: number): readonly Fact[] {
  const own = choices.filter((choice) => choice.actor === actor);
  if (own.length === 0) return [{ name: 'next', value: 'nothing: it is at its end' }];
  return own.flatMap(({ label, why }) => [
    { name: 'next', value: label },
    ...(why === '' ? [] : [{ name: 'but', value: why }]),
  ]);
}

/** Registers, interrupts and caches of a CPU. */
export function cpuFacts(scene: Scene, cpu: number): readonly Fact[] {
  const { world } = scene;
  const { cr3, mm, lazy, irqsOff, inKernel, tlb, walkCache, pending, awaiting } = cpuState(scene, cpu);
  const cpus = (list: readonly number[]): string =>
    list.length === 0 ? 'nobody' : list.map((n) => `CPU${String(n)}`).join(', ');
  return [
    { name: 'CR3', value: cr3 === 0 ? 'the kernel’s own table' : frameText(world, cr3) },
    { name: 'runs', value: mm < 0 ? 'no process' : `${at(world.mms, mm).name}${lazy ? ', lazily' : ''}` },
    {
      name: 'mode',
      value: `${inKernel ? 'in the kernel' : 'in user mode'}, interrupts ${irqsOff ? 'off' : 'on'}`,
    },
    {
      name: 'IPIs',
      value: `pending from ${cpus(pending.map(({ from }) => from))}; awaits ${cpus(awaiting)}`,
    },
    ...tlb
      .filter(({ entry }) => entry !== 0)
      .map(({ vas, entry, stale }) => ({
        name: 'TLB',
        value: `${vas.map((va) => at(world.vas, va).name).join(', ')}: ${entryText(world, entry)}${stale ? ', stale' : ''}`,
      })),
    ...walkCache
      .filter(({ frame }) => frame !== 0)
      .map(({ name, frame, stale }) => ({
        name,
        value: `${frameText(world, frame)}${stale ? ', stale' : ''}`,
      })),
  ];
}

/** The CPUs that hold a lock, or nobody. */
export function holderOf(scene: Scene, { lock, of }: Extract<Selection, { kind: 'lock' }>): string {
  const cpus = (): readonly number[] => {
    if (lock === 'ptl') return [frameState(scene, of).ptl];
    const { pageTableLock, relocationMutex, mmapSemWriter, mmapSemReaders } = mmState(scene, of);
    switch (lock) {
      case 'page_table_lock':
        return [pageTableLock];
      case 'relocation_mutex':
        return [relocationMutex];
      case 'mmap_sem_writer':
        return [mmapSemWriter];
      case 'mmap_sem_readers':
        return mmapSemReaders;
    }
  };
  const held = cpus().filter((cpu) => cpu >= 0);
  return held.length === 0 ? 'nobody' : held.map((cpu) => `CPU${String(cpu)}`).join(', ');
}
