import { NothingOpen } from '../nothing-open.tsx';
import { useRun } from '../shown-run.ts';
import { changedElements } from '../threads/changes.ts';
import { CpuCard } from './cpu-card.tsx';
import '../threads/threads.css';
import './tlb.css';

/** What each CPU has cached, what of it is stale, and which interrupts are on their way. */
export function TlbView() {
  const scene = useRun((state) => state.scene);
  const changed = useRun((state) => state.changed);
  if (scene === null) return <NothingOpen what="its CPUs and their caches" />;
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
