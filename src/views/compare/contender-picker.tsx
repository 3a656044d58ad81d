import { useState } from 'react';
import { VERSIONS } from '../../designs/versions.ts';
import { seedsOf, shownPath } from '../../store/branches.ts';
import { compare, type Contender } from '../../store/compare.ts';
import { useScreen } from '../../store/screens.ts';
import { useWorkbench, type WorkbenchState } from '../../store/workbench.ts';
import type { Schedule, Source } from '../../worker/protocol.ts';
import { Button } from '../controls/button.tsx';

/** Chooses what the run on the workbench is compared with. */
export function ContenderPicker() {
  const source = useWorkbench((state) => state.opened?.source);
  const branches = useWorkbench((state) => state.branches);
  const branch = useWorkbench((state) => state.branch);
  const asked = useScreen(({ params }) => params['with']);
  const [chosen, choose] = useState(asked ?? 'design:repaired');
  if (source === undefined || source.kind === 'file')
    return (
      <p>
        Runs of scenarios can be compared; the tables of a real process stay with the one simulation that was
        given them. Open a scenario on the workbench first.
      </p>
    );
  return (
    <p className="compare-pick">
      <label>
        The run on the workbench, compared with{' '}
        <select className="field" value={chosen} onChange={({ target }) => choose(target.value)}>
          <optgroup label="The same steps in another design">
            {VERSIONS.map(({ id, title }) => (
              <option key={id} value={`design:${id}`}>
                {id}: {title}
              </option>
            ))}
          </optgroup>
          {branches.length > 1 && (
            <optgroup label="Another branch">
              {branches
                .filter(({ id }) => id !== branch)
                .map(({ id, name }) => (
                  <option key={id} value={`branch:${String(id)}`}>
                    {name}
                  </option>
                ))}
            </optgroup>
          )}
        </select>
      </label>{' '}
      <Button look="primary" onClick={() => void compareChosen(chosen)}>
        Compare
      </Button>
    </p>
  );
}

async function compareChosen(chosen: string): Promise<void> {
  const state = useWorkbench.getState();
  const { opened, records } = state;
  if (opened === null) return;
  const { source } = opened;
  const schedule = records.map(({ actor, move }) => [actor, move] as const);
  const shown = state.branches.find(({ id }) => id === state.branch)?.name ?? 'main';
  const [kind = '', id = ''] = chosen.split(':');
  const isDesign = kind === 'design';
  await compare(
    { title: isDesign ? designTitle(source) : shown, source, schedule },
    isDesign
      ? { title: id, source: { ...source, version: id, overrides: {} }, schedule }
      : branchContender(state, source, Number(id)),
  );
}

function designTitle({ version, overrides }: Source): string {
  const changed = Object.entries(overrides).map(([choice, value]) => `${choice}=${value}`);
  return [version, ...changed].join(', ');
}

function branchContender(state: WorkbenchState, source: Source, id: number): Contender {
  const title = state.branches.find((branch) => branch.id === id)?.name ?? '';
  return { title, source, schedule: scheduleOf(state, id) };
}

/** All steps of a branch, those of its parents included. */
function scheduleOf(state: WorkbenchState, id: number): Schedule {
  const { branches: seeds } = seedsOf(state);
  const path = shownPath({ branches: state.branches, branch: id });
  return path.flatMap((branch, i) => {
    const own = seeds[state.branches.indexOf(branch)]?.schedule ?? [];
    const next = path[i + 1]?.from;
    return next === undefined ? own : own.slice(0, next - branch.from);
  });
}
