import type { ReactNode } from 'react';
import { type CpuState, cpuState, mmState, type Scene } from '../../machine/decode.ts';
import { elementKey } from '../threads/changes.ts';
import { FrameChip } from '../threads/frame-chip.tsx';
import { DiffersMark } from '../differs-mark.tsx';
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
        <span>
          {processText(scene, state)}, {state.inKernel ? 'in the kernel' : 'in user mode'}, interrupts{' '}
          {state.irqsOff ? <b>off</b> : 'on'}
        </span>
        {isChanged('cpu.kernel', 'cpu.irqs_off', 'cpu.mm', 'cpu.lazy') && <JustChanged />}
      </header>
      <ul className="cpu-facts" aria-label="Registers and interrupts">
        <Fact changed={isChanged('cpu.cr3')}>
          CR3 <Cr3 scene={scene} state={state} /> <DiffersMark elements={[elementKey('cpu.cr3', cpu)]} />
        </Fact>
        <Fact changed={scene.world.mms.some((_, mm) => changed.has(elementKey('mm.cpu_vm_mask', mm)))}>
          <InMask scene={scene} cpu={cpu} />{' '}
          <DiffersMark elements={scene.world.mms.map((_, mm) => elementKey('mm.cpu_vm_mask', mm))} />
        </Fact>
        <Fact changed={isChanged('ipi.from')}>
          <PendingIpis state={state} /> <DiffersMark elements={[elementKey('ipi.from', cpu)]} />
        </Fact>
        <Fact changed={isChanged('ipi.await')}>
          <Awaited state={state} /> <DiffersMark elements={[elementKey('ipi.await', cpu)]} />
        </Fact>
      </ul>
      <CacheTables scene={scene} state={state} changed={changed} />
    </article>
  );
}

function processText({ world }: Scene, { mm, lazy }: CpuState): string {
  const name = world.mms[mm]?.name;
  if (name === undefined) return 'runs no process';
  return lazy ? `lazy: a kernel thread on the tables of ${name}` : `runs ${name}`;
}

function InMask({ scene, cpu }: { readonly scene: Scene; readonly cpu: number }) {
  const inMask = scene.world.mms
    .map((_, mm) => mmState(scene, mm))
    .filter((mm) => mm.cpuVmMask.includes(cpu));
  if (inMask.length === 0) return <span className="dim">not in cpu_vm_mask</span>;
  const names = inMask.map(({ name }) => name).join(', ');
  return <span title={`Flushes of ${names} are sent to this CPU`}>in cpu_vm_mask of {names}</span>;
}

interface FactProps {
  readonly changed: boolean;
  readonly children: ReactNode;
}

function Fact({ changed, children }: FactProps) {
  return (
    <li className={changed ? 'changed' : undefined}>
      {children} {changed && <JustChanged />}
    </li>
  );
}

function Cr3({ scene, state: { cr3 } }: { readonly scene: Scene; readonly state: CpuState }) {
  if (cr3 === 0) return 'is the kernel’s own';
  return (
    <>
      <FrameChip scene={scene} frame={cr3} /> <StaleMark staleness={tableStaleness(scene, cr3)} />
    </>
  );
}

function PendingIpis({ state: { pending } }: { readonly state: CpuState }) {
  if (pending.length === 0) return <span className="dim">no IPI pending</span>;
  return pending.map(({ from, kind }) => (
    <span key={from} className="ipi">
      <span aria-hidden="true">⚡</span> {kind} IPI from <CpuLink cpu={from} />
    </span>
  ));
}

function Awaited({ state: { awaiting } }: { readonly state: CpuState }) {
  if (awaiting.length === 0) return <span className="dim">awaits no CPU</span>;
  return (
    <span className="ipi">
      <span aria-hidden="true">…</span> awaits{' '}
      {awaiting.map((cpu) => (
        <CpuLink key={cpu} cpu={cpu} />
      ))}
    </span>
  );
}
