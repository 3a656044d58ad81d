import { advance, back } from '../../store/workbench.ts';
import { MemoryMapView } from '../memory-map/memory-map-view.tsx';
import { PropertiesStrip } from '../properties/properties-strip.tsx';
import { ThreadsView } from '../threads/threads-view.tsx';
import { TlbView } from '../tlb/tlb-view.tsx';
import { TreeView } from '../tree/tree-view.tsx';
import { ViewPanel } from './view-panel.tsx';
import './shell.css';

/** The frame around the views. */
export function Shell() {
  return (
    <div className="shell">
      <header>
        <h1>Limbo</h1>
      </header>
      <div>
        <button onClick={() => void back()}>Back</button>
        <button onClick={() => void advance()}>Step</button>
      </div>
      <main className="shell-views">
        <ViewPanel title="Page tables">
          <TreeView />
        </ViewPanel>
        <ViewPanel title="Threads">
          <ThreadsView />
        </ViewPanel>
        <ViewPanel title="TLB and walk caches">
          <TlbView />
        </ViewPanel>
        <ViewPanel title="Memory of the nodes">
          <MemoryMapView />
        </ViewPanel>
      </main>
      <PropertiesStrip />
    </div>
  );
}
