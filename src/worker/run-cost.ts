import { createMachine, type Model } from '../explorer/model.ts';
import { at } from '../lib/at.ts';
import type { World } from '../machine/world.ts';
import type { Machine } from '../program/interpret.ts';
import { moveOn } from '../program/journal.ts';
import type { Program } from '../program/instr.ts';
import { fieldOf } from '../program/layout.ts';
import type { Built } from '../scenarios/build.ts';
import type { StepRecord } from './moment-messages.ts';
import type { Session } from './session.ts';

/** Accesses to memory, by where it is from the CPU that makes them. */
export interface References {
  local: number;
  remote: number;
}

/** Who refers to memory: the walks of the hardware, loads and stores to pages, the kernel’s work on tables. */
export const REFERRERS = ['walks', 'pages', 'kernel'] as const;
export type Referrer = (typeof REFERRERS)[number];

export interface CpuCost extends Readonly<Record<Referrer, References>> {
  /** Steps of anybody that were taken while this CPU took no interrupts. */
  irqsOff: number;
  /** Flushes and loads of CR3 on this CPU. */
  flushes: number;
  ipisSent: number;
  ipisTaken: number;
}

export interface ActorCost {
  steps: number;
  /** How often it came to a lock that another held. */
  lockWaits: number;
  /** Steps of others that went by while it waited for a lock; and for IPIs to be acknowledged, or a grace period to end. */
  lockWaitSteps: number;
  otherWaitSteps: number;
}

/** What a run cost up to a moment. Time is steps of the model: one access to shared memory with the local work before it. */
export interface RunCost {
  readonly steps: number;
  readonly cpus: readonly CpuCost[];
  /** By number of the actor. */
  readonly actors: readonly ActorCost[];
}

const noReferences = (): References => ({ local: 0, remote: 0 });

/** What the run cost up to the moment shown: counted step by step, from the words that each step wrote. */
export function costOf({ run, built, records }: Session): RunCost {
  const { world } = built;
  const cost: RunCost = {
    steps: run.cursor,
    cpus: Array.from({ length: world.cpus }, () => ({
      ...{ walks: noReferences(), pages: noReferences(), kernel: noReferences() },
      ...{ irqsOff: 0, flushes: 0, ipisSent: 0, ipisTaken: 0 },
    })),
    actors: built.actors.map(() => ({ steps: 0, lockWaits: 0, lockWaitSteps: 0, otherWaitSteps: 0 })),
  };
  const machine = createMachine(run.model);
  const waited = new Uint8Array(built.actors.length);
  const places = irqPlaces(built);
  for (let index = 0; index < run.cursor; index++) {
    const record = at(records, index);
    countWaits(run.model, machine, { record, cost, waited });
    countIrqsOff(places, machine, cost);
    at(cost.actors, record.actor).steps += 1;
    const cpu = at(built.actors, record.actor).cpu;
    if (cpu >= 0) countOnCpu(world, cpu, { record, cost });
    const span = { from: at(run.marks, index), to: at(run.marks, index + 1) };
    moveOn(machine.words, run.machine.journal, span);
  }
  return cost;
}

interface Counting {
  readonly record: StepRecord;
  readonly cost: RunCost;
}

function countOnCpu(world: World, cpu: number, { record, cost }: Counting): void {
  const mine = at(cost.cpus, cpu);
  if (record.tag === 'flush' || record.tag === 'cr3') mine.flushes += 1;
  if (record.tag === 'ipi-send') mine.ipisSent += 1;
  if (record.tag === 'ipi-take') mine.ipisTaken += 1;
  const references = mine[referrerOf(record.tag)];
  const times = isWholeTable(world, record) ? world.stride : 1;
  for (const frame of framesReferredTo(record, times > 1)) {
    const isLocal = world.node[frame] === world.cpuNodes[cpu];
    references[isLocal ? 'local' : 'remote'] += times;
  }
}

function referrerOf(tag: string): Referrer {
  if (tag === 'data') return 'pages';
  return tag === 'walk' || tag === 'set-a' || tag === 'set-d' ? 'walks' : 'kernel';
}

/** An entry is said as `pte[1] in frame 4`. */
const NAMES_ENTRY = /\[\d+\] in /;

/** Relocating a real process, one step copies or merges a whole table. */
function isWholeTable({ wholeTableSteps }: World, { tag, label }: StepRecord): boolean {
  return wholeTableSteps && (tag === 'copy' || tag === 'merge') && !NAMES_ENTRY.test(label);
}

/** The frames of tables and pages that a step reads or writes: its text names them first. */
function framesReferredTo({ tag, label, frames }: StepRecord, wholeTable: boolean): readonly number[] {
  switch (tag) {
    case 'walk':
    case 'set-a':
    case 'set-d':
    case 'data':
      return frames.slice(0, 1);
    case 'copy':
      return frames.slice(0, 2);
    case 'read':
    case 'write':
    case 'swing':
    case 'merge':
      if (wholeTable) return frames.slice(0, 2);
      return NAMES_ENTRY.test(label) ? frames.slice(0, 1) : [];
    default:
      return [];
  }
}

/** Who waits while the step is taken. */
function countWaits(
  model: Model,
  machine: Machine,
  { record, cost, waited }: Counting & { readonly waited: Uint8Array },
): void {
  for (const [actor, mine] of cost.actors.entries()) {
    const tag = actor === record.actor ? '' : tagWaitedAt(model, machine, actor);
    if (tag === 'lock') {
      mine.lockWaitSteps += 1;
      if (waited[actor] === 0) mine.lockWaits += 1;
    } else if (tag === 'ipi-wait' || tag === 'rcu-done') mine.otherWaitSteps += 1;
    waited[actor] = tag === 'lock' ? 1 : 0;
  }
}

/** The kind of step at which an actor waits for something; empty where it could go on. */
function tagWaitedAt({ linked, spec }: Model, machine: Machine, actor: number): string {
  const { pcOffset, instrs } = at(linked, actor);
  const pc = machine.words[pcOffset] ?? 0;
  const told = spec.actors[actor]?.program.instrs[pc];
  if (told?.k !== 'step') return '';
  const { guard, moves } = at(instrs, pc);
  for (let move = 0; move < moves; move++) {
    machine.move = move;
    if (guard(machine) !== 0) return '';
  }
  return told.tag;
}

/** Where it stands whether a CPU takes interrupts: its word, and the pc of its handler (-1: it has none). */
interface IrqPlace {
  readonly off: number;
  readonly pc: number;
  readonly instrs: Program['instrs'];
}

/** By CPU. */
function irqPlaces(built: Built): readonly IrqPlace[] {
  const { layout, actors } = built.model;
  const { offset } = fieldOf(layout, 'cpu.irqs_off');
  return Array.from({ length: built.world.cpus }, (_, cpu) => {
    const handler = built.actors.findIndex((actor) => actor.kind === 'ipi' && actor.cpu === cpu);
    const program = actors[handler]?.program;
    const pc = program === undefined ? -1 : fieldOf(layout, program.pcField).offset;
    return { off: offset + cpu, pc, instrs: program?.instrs ?? [] };
  });
}

/** Off by the kernel, or because a handler runs: the CPU takes no interrupt before that is over. */
function countIrqsOff(places: readonly IrqPlace[], { words }: Machine, { cpus }: RunCost): void {
  for (const [cpu, { off, pc, instrs }] of places.entries()) {
    const next = instrs[words[pc] ?? 0];
    const isHandling = next?.k === 'step' && next.tag !== 'ipi-take';
    if (words[off] !== 0 || isHandling) at(cpus, cpu).irqsOff += 1;
  }
}
