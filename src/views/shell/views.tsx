import type { ReactElement } from 'react';
import type { SidePanel } from '../../store/panels.ts';
import { MemoryMapView } from '../memory-map/memory-map-view.tsx';
import { ThreadsView } from '../threads/threads-view.tsx';
import { TlbView } from '../tlb/tlb-view.tsx';
import { TreeView } from '../tree/tree-view.tsx';

export type ViewName = 'tree' | SidePanel;

export interface ViewEntry {
  readonly title: string;
  /** Where there is little room. */
  readonly shortTitle: string;
  readonly element: ReactElement;
}

/** The four views of the machine, as they are named everywhere. */
export const VIEWS: Readonly<Record<ViewName, ViewEntry>> = {
  tree: { title: 'Page tables', shortTitle: 'Tables', element: <TreeView /> },
  threads: { title: 'Threads', shortTitle: 'Threads', element: <ThreadsView /> },
  tlb: { title: 'TLB and walk caches', shortTitle: 'TLB', element: <TlbView /> },
  memory: { title: 'Memory of the nodes', shortTitle: 'Memory', element: <MemoryMapView /> },
};
