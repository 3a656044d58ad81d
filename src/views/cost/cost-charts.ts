import type { BarChart } from '../../reports/chart.ts';
import { type CpuCost, type References, REFERRERS, type RunCost } from '../../worker/run-cost.ts';

type Words = Pick<BarChart, 'id' | 'title' | 'about' | 'category'>;

interface Bars {
  readonly words: Words;
  readonly unit: string;
  readonly categories: readonly string[];
  readonly series: BarChart['series'];
}

function bars({ words, unit, categories, series }: Bars): BarChart {
  const y = { title: unit, words: 'number', scale: 'linear' } as const;
  return { kind: 'bar', ...words, categories, y, stacked: true, series };
}

const WHERE = ['local', 'remote'] as const;

/** References of a CPU to memory on its own node, or on others. */
export function referred(cpu: CpuCost, where: keyof References): number {
  return REFERRERS.reduce((sum, who) => sum + cpu[who][where], 0);
}

/** What a run cost, drawn: memory by CPU and node, time with interrupts off, and who waited. `names` are those of the actors. */
export function costCharts(cost: RunCost, names: readonly string[]): readonly BarChart[] {
  const cpus = cost.cpus.map((_, cpu) => `CPU${String(cpu)}`);
  const waiting = cost.actors
    .map((actor, i) => ({ ...actor, name: names[i] ?? '' }))
    .filter(({ lockWaitSteps, otherWaitSteps }) => lockWaitSteps + otherWaitSteps > 0);
  return [
    bars({
      words: { id: 'run-references', title: 'Memory references', about: REFERENCES, category: 'CPU' },
      unit: 'references',
      categories: cpus,
      series: WHERE.map((where) => ({ name: where, values: cost.cpus.map((cpu) => referred(cpu, where)) })),
    }),
    bars({
      words: { id: 'run-referrers', title: 'Who refers to memory', about: REFERRING, category: 'who' },
      unit: 'references',
      categories: REFERRERS,
      series: WHERE.map((where) => ({
        name: where,
        values: REFERRERS.map((who) => cost.cpus.reduce((sum, cpu) => sum + cpu[who][where], 0)),
      })),
    }),
    bars({
      words: { id: 'run-irqs-off', title: 'Time with interrupts off', about: IRQS_OFF, category: 'CPU' },
      unit: 'steps',
      categories: cpus,
      series: [
        { name: 'off', values: cost.cpus.map(({ irqsOff }) => irqsOff) },
        { name: 'on', values: cost.cpus.map(({ irqsOff }) => cost.steps - irqsOff) },
      ],
    }),
    ...(waiting.length === 0
      ? []
      : [
          bars({
            words: { id: 'run-waits', title: 'Waiting', about: WAITS, category: 'thread' },
            unit: 'steps of others',
            categories: waiting.map(({ name }) => name),
            series: [
              { name: 'for a lock', values: waiting.map(({ lockWaitSteps }) => lockWaitSteps) },
              { name: 'for CPUs', values: waiting.map(({ otherWaitSteps }) => otherWaitSteps) },
            ],
          }),
        ]),
  ];
}

const REFERENCES =
  'Entries of tables and pages that were read or written. Remote: the frame is on another node than the CPU.';
const REFERRING =
  'The hardware’s walks, what programs read and write in their pages, and the kernel’s own work on tables.';
const IRQS_OFF = 'Steps of anybody while the CPU took no interrupts: switched off, or in a handler.';
const WAITS =
  'Steps of others while a thread stood before a lock, or waited for acknowledgements or a grace period.';
