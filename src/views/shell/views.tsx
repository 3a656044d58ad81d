import type { ReactElement } from 'react';

import type { SidePanel } from '../../store/panels.ts';
import { MemoryMapView } from '../memory-map/memory-map-view.tsx';
import { ThreadsView } from '../threads/threads-view.tsx';
import { TlbView } from '../tlb/tlb-view.tsx';
import { TreeView } from '../tree/tree-view.tsx';
import { ErrorBoundary } from './error-boundary.tsx';

export type ViewName = 'tree' | SidePanel;

export interface ViewEntry {
  readonly title: string;
  /** Where there is little room. */
  readonly shortTitle: string;
  readonly element: ReactElement;
}

function entry(title: string, shortTitle: string, view: ReactElement): ViewEntry {
  return { title, shortTitle, element: <ErrorBoundary what={`“${title}”`}>{view}</ErrorBoundary> };
}

/** The four views of the machine, as they are named everywhere. A defect in one leaves the others at work. */
export const VIEWS: Readonly<Record<ViewName, ViewEntry>> = {
  tree: entry('Page tables', 'Tables', <TreeView />),
  threads: entry('Threads', 'Threads', <ThreadsView />),
  tlb: entry('TLB and walk caches', 'TLB', <TlbView />),
  memory: entry('Memory of the nodes', 'Memory', <MemoryMapView />),
};
