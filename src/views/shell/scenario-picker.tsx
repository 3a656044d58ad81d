import { Select } from '@base-ui/react/select';
import { type Scenario } from '../../scenarios/scenario.ts';
import { SCENARIOS, scenarioOf } from '../../scenarios/scenarios.ts';
import { open, useWorkbench } from '../../store/workbench.ts';
import { Icon } from '../controls/icon.tsx';
import './scenario-picker.css';

function openScenario(id: string | null): void {
  const scenario = scenarioOf(id ?? '');
  if (scenario !== null) void open({ kind: 'scenario', scenario: scenario.id, ...scenario.opensWith });
}

function ScenarioItem({ scenario: { id, title, about } }: { readonly scenario: Scenario }) {
  return (
    <Select.Item value={id} label={title} className="picker-item">
      <span className="picker-mark">
        <Select.ItemIndicator>
          <Icon name="check" />
        </Select.ItemIndicator>
      </span>
      <Select.ItemText className="picker-title">{title}</Select.ItemText>
      <span className="picker-about">{about}</span>
    </Select.Item>
  );
}

/** Chooses what is simulated. Shows the title of the run, also of a file's. */
export function ScenarioPicker() {
  const opened = useWorkbench((state) => state.opened);
  const source = opened?.source;
  const named = source?.kind === 'scenario' && typeof source.scenario === 'string' ? source.scenario : null;
  return (
    <Select.Root value={named} onValueChange={openScenario}>
      <Select.Trigger className="button picker-trigger" aria-label="Scenario">
        <span className="picker-current">{opened?.title ?? 'Opening …'}</span>
        <Icon name="down" />
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className="picker-place" sideOffset={4} alignItemWithTrigger={false} align="start">
          <Select.Popup className="picker-popup">
            <Select.List>
              {SCENARIOS.map((scenario) => (
                <ScenarioItem key={scenario.id} scenario={scenario} />
              ))}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
