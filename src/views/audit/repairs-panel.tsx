import { useEffect, useState } from 'react';
import { LIMBO_REPAIRS } from '../../designs/limbo-repaired.ts';
import { REPAIRS, type Repair } from '../../designs/repaired.ts';
import { versionOf } from '../../designs/versions.ts';
import { openCounterexample } from '../../store/counterexample.ts';
import { type RunningSearch, startSearchWorker } from '../../worker/search-client.ts';
import type { Subject } from '../../worker/search-protocol.ts';
import { Button } from '../controls/button.tsx';
import { titleOf } from './words.ts';

/** The posting that the repairs start from. */
const BASE = versionOf('2008-05-09')?.design;
const BOUNDS = { maxStates: 3e6, maxBytes: 512 << 20 };

const OURS: Readonly<Record<string, readonly Repair[]>> = {
  repaired: REPAIRS,
  'limbo-repaired': LIMBO_REPAIRS,
};

/** Which race forced each change of a version of ours; each can be put back, and seen to fail. */
export function RepairsPanel() {
  const [version, setVersion] = useState('repaired');
  return (
    <section className="repairs" aria-labelledby="repairs-title">
      <h3 id="repairs-title">What forced each change</h3>
      <p>
        <label>
          In{' '}
          <select className="field" value={version} onChange={({ target }) => setVersion(target.value)}>
            {Object.keys(OURS).map((id) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </label>{' '}
        against 2008-05-09. Put any one change back, and a search finds a schedule that breaks something:
      </p>
      <div className="audit-scroll">
        <table className="what-if-changes">
          <thead>
            <tr>
              <th scope="col">Choice</th>
              <th scope="col">Without it</th>
              <th scope="col">Breaks</th>
              <th scope="col">In</th>
              <th scope="col">Schedule</th>
            </tr>
          </thead>
          <tbody>
            {OURS[version]?.map((repair) => (
              <RepairRow key={`${version} ${repair.choice}`} repair={repair} version={version} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type Attempt = 'idle' | 'searching' | { readonly failed: string };

function RepairRow({ repair, version }: { readonly repair: Repair; readonly version: string }) {
  const { choice, forcedBy, why } = repair;
  const [attempt, setAttempt] = useState<Attempt>('idle');
  const [search, setSearch] = useState<RunningSearch | null>(null);
  useEffect(() => () => search?.close(), [search]);
  const subject: Subject = {
    scenario: forcedBy.scenario,
    version,
    overrides: { [choice]: BASE?.[choice] },
  };
  const start = async (): Promise<void> => {
    setAttempt('searching');
    const isEndless = forcedBy.property === 'progress';
    const mine = startSearchWorker({ subject, bounds: BOUNDS, progress: isEndless });
    setSearch(mine);
    try {
      const { verdicts } = await mine.outcome;
      const found = verdicts.find(({ property }) => property === forcedBy.property);
      if (found?.schedule) {
        const { property, schedule, cycleStart } = found;
        await openCounterexample({ subject, property, schedule, cycleStart });
      } else setAttempt({ failed: 'Nothing was found within the bounds.' });
    } catch (error) {
      setAttempt({ failed: `The search stopped working: ${error instanceof Error ? error.message : ''}` });
    }
  };
  return (
    <tr>
      <th scope="row">
        <code>{choice}</code>
      </th>
      <td>{why}</td>
      <td>{titleOf('property', forcedBy.property)}</td>
      <td>{forcedBy.scenario}</td>
      <td>
        <Button
          unavailable={attempt === 'searching'}
          label={`Put ${choice} back and search ${forcedBy.scenario}`}
          onClick={() => void start()}
        >
          {attempt === 'searching' ? 'Searching …' : 'See it fail'}
        </Button>
        {typeof attempt === 'object' && <p role="alert">{attempt.failed}</p>}
      </td>
    </tr>
  );
}
