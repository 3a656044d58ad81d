import type { ReactNode } from 'react';
import { type CpuState, cpuState, mmState, type Scene } from '../../machine/decode.ts';
import { elementKey } from '../threads/changes.ts';
import { FrameChip } from '../threads/frame-chip.tsx';
import { JustChanged } from '../threads/holdings.tsx';
import { pointing, toggleSelected, useCpuMark } from '../threads/linked.ts';
import { CpuLink } from '../threads/rich-text.tsx';
import { CacheTables } from './cache-tables.tsx';
import { StaleMark } from './stale-mark.tsx';
import { tableStaleness } from './staleness.ts';

interface CpuCardProps {
  readonly scene: Scene;
  readonly cpu: number;
  readonly changed: ReadonlySet<string>;
}

/** All that one CPU holds: registers, caches, interrupts. Every slot has its place, filled or not. */
export function CpuCard({ scene, cpu, changed }: CpuCardProps) {
  const state = cpuState(scene, cpu);
  const marked = useCpuMark(cpu, -1);
  const selection = { kind: 'cpu', cpu } as const;
  const isChanged = (...fields: readonly string[]): boolean =>
    fields.some((field) => changed.has(elementKey(field, cpu)));
  return (
    <article
      className="cpu-card"
      data-cpu={cpu % 4}
      data-marked={marked}
      aria-label={`Caches of CPU${String(cpu)}`}
    >
      <header>
        <h3>
          <button
            className="lane-name"
            aria-pressed={marked === 'chosen'}
            onClick={() => toggleSelected(selection)}
            {...pointing(selection)}
          >
            CPU{cpu}
          </button>
        </h3>
        <span>{processText(scene, state)}</span>
      </header>
      <dl className="cpu-facts">
        <Fact name="State" changed={isChanged('cpu.kernel', 'cpu.irqs_off', 'cpu.mm', 'cpu.lazy')}>
          {state.inKernel ? 'in the kernel' : 'in user mode'}, interrupts{' '}
          <b>{state.irqsOff ? 'off' : 'on'}</b>
        </Fact>
        <Fact name="CR3" changed={isChanged('cpu.cr3')}>
          <Cr3 scene={scene} state={state} />
        </Fact>
        <Fact
          name="cpu_vm_mask"
          changed={scene.world.mms.some((_, mm) => changed.has(elementKey('mm.cpu_vm_mask', mm)))}
        >
          {maskText(scene, cpu)}
        </Fact>
        <Fact name="IPIs for it" changed={isChanged('ipi.from')}>
          <PendingIpis state={state} />
        </Fact>
        <Fact name="Waits for" changed={isChanged('ipi.await')}>
          <Awaited state={state} />
        </Fact>
      </dl>
      <CacheTables scene={scene} state={state} changed={changed} />
    </article>
  );
}

function processText({ world }: Scene, { mm, lazy }: CpuState): string {
  const name = world.mms[mm]?.name;
  if (name === undefined) return 'runs no process (init_mm)';
  return lazy ? `lazy: a kernel thread on the tables of ${name}` : `runs ${name}`;
}

function maskText(scene: Scene, cpu: number): string {
  const inMask = scene.world.mms
    .map((_, mm) => mmState(scene, mm))
    .filter((mm) => mm.cpuVmMask.includes(cpu));
  return inMask.length === 0
    ? 'not in it: gets no flush'
    : `in that of ${inMask.map(({ name }) => name).join(', ')}`;
}

interface FactProps {
  readonly name: string;
  readonly changed: boolean;
  readonly children: ReactNode;
}

function Fact({ name, changed, children }: FactProps) {
  return (
    <div className={changed ? 'changed' : undefined}>
      <dt>{name}</dt>
      <dd>
        {children} {changed && <JustChanged />}
      </dd>
    </div>
  );
}

function Cr3({ scene, state: { cr3 } }: { readonly scene: Scene; readonly state: CpuState }) {
  if (cr3 === 0) return 'the kernel’s own table';
  return (
    <>
      <FrameChip scene={scene} frame={cr3} /> <StaleMark staleness={tableStaleness(scene, cr3)} />
    </>
  );
}

function PendingIpis({ state: { pending } }: { readonly state: CpuState }) {
  if (pending.length === 0) return <span className="dim">none pending</span>;
  return pending.map(({ from, kind }) => (
    <span key={from} className="ipi">
      <span aria-hidden="true">⚡</span> <b>{kind}</b> pending, from <CpuLink cpu={from} />
    </span>
  ));
}

function Awaited({ state: { awaiting } }: { readonly state: CpuState }) {
  if (awaiting.length === 0) return <span className="dim">no acknowledgement</span>;
  return (
    <span className="ipi">
      <span aria-hidden="true">⏳</span> acknowledgement of{' '}
      {awaiting.map((cpu) => (
        <CpuLink key={cpu} cpu={cpu} />
      ))}
    </span>
  );
}
