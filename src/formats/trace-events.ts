import { notableInWords } from '../reports/notable-words.ts';

/** A run for chrome://tracing, Perfetto and speedscope: the JSON form of trace events. One step is one microsecond; the first begins at 0. */
export interface TraceFile {
  readonly displayTimeUnit: 'ns';
  readonly otherData: Readonly<Record<string, string>>;
  readonly traceEvents: readonly TraceEvent[];
}

export type TraceEvent = {
  readonly name: string;
  readonly pid: 1;
  readonly tid: number;
} & (
  | { readonly ph: 'M'; readonly args: { readonly name: string } | { readonly sort_index: number } }
  | {
      readonly ph: 'X';
      readonly ts: number;
      readonly dur: number;
      readonly cat: string;
    }
  | {
      readonly ph: 'i';
      readonly ts: number;
      readonly s: 'g' | 't';
      readonly cat: string;
      readonly args: object;
    }
  | {
      readonly ph: 's' | 'f';
      readonly ts: number;
      readonly id: number;
      readonly cat: string;
      readonly bp?: 'e';
    }
);

export interface TraceActor {
  readonly id: string;
  readonly name: string;
  /** -1 for one that runs on no CPU. */
  readonly cpu: number;
}

export interface TraceStep {
  readonly actor: number;
  readonly move: number;
  readonly tag: string;
  readonly label: string;
  readonly violations: readonly { readonly property: string; readonly why: string }[];
  readonly moments: readonly string[];
}

export interface TraceArgs {
  /** Names the process. */
  readonly title: string;
  /** Kept beside the events: scenario, design. */
  readonly facts: Readonly<Record<string, string>>;
  readonly actors: readonly TraceActor[];
  readonly steps: readonly TraceStep[];
}

export function traceEvents({ title, facts, actors, steps }: TraceArgs): TraceFile {
  const lanes = actors.flatMap(({ id, name }, lane): TraceEvent[] => [
    { name: 'thread_name', ph: 'M', pid: 1, tid: lane + 1, args: { name: `${id} ${name}` } },
    { name: 'thread_sort_index', ph: 'M', pid: 1, tid: lane + 1, args: { sort_index: lane } },
  ]);
  const process: TraceEvent = { name: 'process_name', ph: 'M', pid: 1, tid: 0, args: { name: title } };
  const events = [...steps.flatMap(eventsOfStep), ...ipiFlows(actors, steps)];
  return { displayTimeUnit: 'ns', otherData: facts, traceEvents: [process, ...lanes, ...events] };
}

function eventsOfStep(
  { actor, tag, label, violations, moments }: TraceStep,
  ts: number,
): readonly TraceEvent[] {
  const at = { pid: 1, tid: actor + 1, ts } as const;
  const instants = [
    ...violations.map(({ property, why }) => ({
      name: `FAILS ${property}`,
      cat: 'violation',
      args: { why },
    })),
    ...moments.map((moment) => ({ name: notableInWords(moment), cat: 'moment', args: {} })),
  ];
  return [
    // no arguments: speedscope would count steps of one name as different when their arguments differ
    { name: label, ph: 'X', ...at, dur: 1, cat: tag },
    ...instants.map((instant): TraceEvent => ({ ...instant, ph: 'i', ...at, s: 'g' })),
  ];
}

/** An arrow from each IPI sent to where it was taken; a handler's move is the CPU that it answers. */
function ipiFlows(actors: readonly TraceActor[], steps: readonly TraceStep[]): readonly TraceEvent[] {
  const sent = new Map<number, number>();
  return steps.flatMap(({ actor, move, tag }, ts): TraceEvent[] => {
    if (tag === 'ipi-send') sent.set(actors[actor]?.cpu ?? -1, ts);
    const from = tag === 'ipi-take' ? sent.get(move) : undefined;
    if (from === undefined) return [];
    const flow = { name: 'IPI', cat: 'ipi', pid: 1, id: ts } as const;
    const sender = (steps[from]?.actor ?? 0) + 1;
    return [
      { ...flow, ph: 's', tid: sender, ts: from },
      { ...flow, ph: 'f', bp: 'e', tid: actor + 1, ts },
    ];
  });
}
