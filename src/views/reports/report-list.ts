import { type ComponentType, lazy } from 'react';

export interface ReportEntry {
  /** As in the address: `#screen=reports&report=numa`. */
  readonly id: string;
  readonly title: string;
  /** The question that it answers, in one sentence. */
  readonly asks: string;
  readonly component: ComponentType;
}

/** Every report, in the order shown. Each is fetched when it is first opened. */
export const REPORTS: readonly ReportEntry[] = [
  {
    id: 'numa',
    title: 'A process moves to another node',
    asks: 'What does it cost when its page tables stay behind, and what when they come too or are everywhere?',
    component: lazy(() =>
      import('./numa/numa-report.tsx').then((module) => ({ default: module.NumaReportView })),
    ),
  },
  {
    id: 'fastpath',
    title: 'What the fast path pays',
    asks: 'How much slower is every page fault because tables could move, even while none does?',
    component: lazy(() =>
      import('./fastpath/fastpath-report.tsx').then((module) => ({ default: module.FastpathReportView })),
    ),
  },
  {
    id: 'cost',
    title: 'What a relocation costs',
    asks: 'How often does each design flush, interrupt other CPUs and lock while it moves tables?',
    component: lazy(() =>
      import('./cost/cost-report.tsx').then((module) => ({ default: module.CostReportView })),
    ),
  },
  {
    id: 'hotremove',
    title: 'Memory hot-remove',
    asks: 'Can a node leave a running machine, and who keeps it?',
    component: lazy(() =>
      import('./memory/hotremove-report.tsx').then((module) => ({ default: module.HotremoveReportView })),
    ),
  },
  {
    id: 'defrag',
    title: 'Defragmentation',
    asks: 'Can a huge page be had after a life of allocations, and does it help if tables move?',
    component: lazy(() =>
      import('./memory/defrag-report.tsx').then((module) => ({ default: module.DefragReportView })),
    ),
  },
  {
    id: 'machine',
    title: 'On a real machine',
    asks: 'Are page tables the largest memory that cannot move, and what would moving them win?',
    component: lazy(() =>
      import('./memory/machine-report.tsx').then((module) => ({ default: module.MachineReportView })),
    ),
  },
];
