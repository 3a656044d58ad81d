import { useWorkbench } from '../../store/workbench.ts';
import { changedElements } from '../threads/changes.ts';
import { CpuCard } from './cpu-card.tsx';
import '../threads/threads.css';
import './tlb.css';

/** What each CPU has cached, what of it is stale, and which interrupts are on their way. */
export function TlbView() {
  const scene = useWorkbench((state) => state.scene);
  const changed = useWorkbench((state) => state.changed);
  if (scene === null)
    return (
      <p className="view-empty">No run is open yet: choose a scenario or open a capture to see its CPUs.</p>
    );
  const elements = changedElements(scene.layout, changed);
  return (
    <div className="tlb">
      <div className="cpu-cards">
        {Array.from({ length: scene.world.cpus }, (_, cpu) => (
          <CpuCard key={cpu} scene={scene} cpu={cpu} changed={elements} />
        ))}
      </div>
    </div>
  );
}
