import { useEffect, useMemo, useRef } from 'react';
import { countCost, toggleCost, useRunCost } from '../../store/run-cost.ts';
import { showScreen } from '../../store/screens.ts';
import { useWorkbench } from '../../store/workbench.ts';
import type { RunCost } from '../../worker/run-cost.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { ChartFigure } from '../reports/charts/chart-figure.tsx';
import { actorName } from '../shell/actor-name.ts';
import { costCharts, referred } from './cost-charts.ts';
import './cost.css';

/** It is counted anew when the run rests for so long: not at each moment of a drag. */
const REST_MS = 120;

/** What the run cost up to the moment shown, beside its views. */
export function CostDock() {
  const heading = useRef<HTMLHeadingElement>(null);
  const cost = useCost();
  const actors = useWorkbench((state) => state.opened?.actors);
  const charts = useMemo(
    () => (cost === null ? [] : costCharts(cost, (actors ?? []).map(actorName))),
    [cost, actors],
  );
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="cost">
      <div className="cost-head">
        <h2 ref={heading} tabIndex={-1}>
          Cost of this run
        </h2>
        <Button look="quiet" label="Close the cost" onClick={toggleCost}>
          <Icon name="close" />
        </Button>
      </div>
      {cost === null || cost.steps === 0 ? (
        <p>Nothing yet: take steps, or go along the timeline, and what they cost is counted here.</p>
      ) : (
        <>
          <Figures cost={cost} />
          {charts.map((chart) => (
            <ChartFigure key={chart.id} chart={chart} />
          ))}
        </>
      )}
      <p className="dim">
        A step is one access to shared memory with the local work before it; real machines pay far more for an
        IPI than for a lock that nobody else wants. Work on frames, flags and masks is no reference to a
        table.
      </p>
      <Button onClick={() => showScreen('reports', { report: 'cost' })}>Compare designs…</Button>
    </div>
  );
}

/** Counted up to the moment shown, and again when the run has moved and rests. */
function useCost(): RunCost | null {
  const scene = useWorkbench((state) => state.scene);
  const playing = useWorkbench((state) => state.playing);
  useEffect(() => {
    if (scene === null || playing) return;
    const timer = setTimeout(() => void countCost(), REST_MS);
    return () => clearTimeout(timer);
  }, [scene, playing]);
  return useRunCost(({ cost }) => cost);
}

function Figures({ cost }: { readonly cost: RunCost }) {
  const sum = (of: (cpu: RunCost['cpus'][number]) => number): number =>
    cost.cpus.reduce((total, cpu) => total + of(cpu), 0);
  const waits = cost.actors.reduce((total, { lockWaits }) => total + lockWaits, 0);
  const waited = cost.actors.reduce((total, { lockWaitSteps }) => total + lockWaitSteps, 0);
  const facts: readonly (readonly [string, string])[] = [
    ['Steps', count(cost.steps)],
    [
      'Memory references',
      `${count(sum((cpu) => referred(cpu, 'local')))} local, ${count(sum((cpu) => referred(cpu, 'remote')))} remote`,
    ],
    ['Flushes and CR3 loads', count(sum(({ flushes }) => flushes))],
    [
      'Flush IPIs',
      `${count(sum(({ ipisSent }) => ipisSent))} sent, ${count(sum(({ ipisTaken }) => ipisTaken))} taken`,
    ],
    ['Waits for a lock', `${count(waits)}, ${count(waited)} steps of others long`],
    ['Interrupts off', cost.cpus.map(({ irqsOff }, cpu) => `CPU${String(cpu)} ${count(irqsOff)}`).join(', ')],
  ];
  return (
    <>
      <h3>Up to step {count(cost.steps)}</h3>
      <dl className="cost-figures">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const count = (value: number): string => value.toLocaleString('en');
