import { at } from '../../lib/at.ts';
import { entryFrame } from '../../machine/entry.ts';
import { cpusOf, cpuState, type Local, mmState, type Scene } from '../../machine/decode.ts';
import { fieldOf, readField } from '../../program/layout.ts';
import type { ActorInfo } from '../../scenarios/build.ts';
import type { Selection } from '../../store/selection.ts';
import type { Choice } from '../../worker/moment-messages.ts';
import type { ProgramView } from '../../worker/protocol.ts';
import { elementKey } from './changes.ts';

export type Status = 'ready' | 'waiting' | 'idle' | 'finished' | 'stopped';

/** One actor at this moment. */
export interface ActorState {
  readonly status: Status;
  /** The line of pseudo-code of its next step. */
  readonly line: number;
  /** Where its CPU is: empty for an actor on no CPU of its own. */
  readonly mode: string;
}

export interface ActorView {
  readonly info: ActorInfo;
  readonly program: ProgramView;
  /** Its moves now, possible or not. */
  readonly choices: readonly Choice[];
}

/** How a program ends: its last but one instruction is the regular end, the last one where it stops for ever. */
export function programStatus(
  scene: Scene,
  { pcField, lineOf }: ProgramView,
): 'running' | 'finished' | 'stopped' {
  const pc = readField(scene.layout, scene.words, pcField);
  if (pc === lineOf.length - 2) return 'finished';
  return pc === lineOf.length - 1 ? 'stopped' : 'running';
}

export function actorState(scene: Scene, { info, program, choices }: ActorView): ActorState {
  const pc = readField(scene.layout, scene.words, program.pcField);
  return {
    status: statusOf(scene, { info, program, choices }),
    line: at(program.lineOf, pc),
    mode: modeOf(scene, info),
  };
}

function statusOf(scene: Scene, { info, program, choices }: ActorView): Status {
  const end = programStatus(scene, program);
  if (end !== 'running') return end;
  if (choices.some(({ enabled }) => enabled)) return 'ready';
  const atStart = readField(scene.layout, scene.words, program.pcField) === 0;
  return info.kind !== 'thread' && atStart ? 'idle' : 'waiting';
}

function modeOf(scene: Scene, { kind, cpu }: ActorInfo): string {
  if (kind !== 'thread') return '';
  const { inKernel, irqsOff } = cpuState(scene, cpu);
  return `${inKernel ? 'in kernel' : 'in user mode'}${irqsOff ? ', interrupts off' : ''}`;
}

export interface HeldLock {
  readonly name: string;
  readonly selection: Selection;
  /** The table whose lock it is, 0 for a lock of the process. */
  readonly frame: number;
  /** The element of state that says who holds it. */
  readonly element: string;
}

/** The locks that the thread of a CPU holds. */
export function locksOf(scene: Scene, cpu: number): readonly HeldLock[] {
  const ofProcesses = scene.world.mms.flatMap((_, mm) => {
    const state = mmState(scene, mm);
    const locks = [
      ['page_table_lock', 'page_table_lock', state.pageTableLock === cpu],
      ['relocation_mutex', 'relocation mutex', state.relocationMutex === cpu],
      ['mmap_sem_writer', 'mmap_sem (writing)', state.mmapSemWriter === cpu],
      ['mmap_sem_readers', 'mmap_sem (reading)', state.mmapSemReaders.includes(cpu)],
    ] as const;
    return locks
      .filter(([, , held]) => held)
      .map(([field, name]) => ({
        name: scene.world.mms.length > 1 ? `${name} of ${state.name}` : name,
        selection: { kind: 'lock' as const, lock: field, of: mm },
        frame: 0,
        element: elementKey(`mm.${field}`, mm),
      }));
  });
  return [...ofProcesses, ...splitLocksOf(scene, cpu)];
}

function splitLocksOf({ layout, words }: Scene, cpu: number): readonly HeldLock[] {
  const { offset, cols } = fieldOf(layout, 'frame.ptl');
  const held: HeldLock[] = [];
  for (let frame = 1; frame < cols; frame++)
    if (words[offset + frame] === cpu + 1)
      held.push({
        name: 'ptl of',
        selection: { kind: 'lock', lock: 'ptl', of: frame },
        frame,
        element: elementKey('frame.ptl', frame),
      });
  return held;
}

/** A local that is a plain number, as its name means it: a set of CPUs, one CPU, or a count. */
export function numberText({ name, value }: Local): string {
  if (name === 'targets')
    return cpusOf(value)
      .map((cpu) => `CPU${String(cpu)}`)
      .join(', ');
  return name === 'from' ? `CPU${String(value - 1)}` : String(value);
}

/** The frame that a local leads to, 0 for none. */
export function frameOfLocal({ as, value }: Local): number {
  if (as === 'number') return 0;
  return as === 'entry' ? entryFrame(value) : value;
}
