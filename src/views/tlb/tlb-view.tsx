import { NothingOpen } from '../nothing-open.tsx';
import { Settling, useSettled } from '../settling.tsx';
import { changedElements } from '../threads/changes.ts';
import { CpuCard } from './cpu-card.tsx';
import '../threads/threads.css';
import './tlb.css';

/** What each CPU has cached, what of it is stale, and which interrupts are on their way. */
export function TlbView() {
  const { scene, changed } = useSettled();
  if (scene === null) return <NothingOpen what="its CPUs and their caches" />;
  const elements = changedElements(scene.layout, changed);
  return (
    <Settling>
      <div className="tlb">
        <div className="cpu-cards">
          {Array.from({ length: scene.world.cpus }, (_, cpu) => (
            <CpuCard key={cpu} scene={scene} cpu={cpu} changed={elements} />
          ))}
        </div>
      </div>
    </Settling>
  );
}
