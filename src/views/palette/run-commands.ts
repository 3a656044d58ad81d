import { CHOICES } from '../../designs/choices.ts';
import { settingInWords } from '../../designs/choice-words.ts';
import { VERSIONS } from '../../designs/versions.ts';
import type { Choice } from '../../kernel/design.ts';
import { changeDesign } from '../../store/design.ts';
import { showScreen } from '../../store/screens.ts';
import { explain } from '../../store/strip.ts';
import { switchBranch, useWorkbench } from '../../store/workbench.ts';
import { verdicts } from '../properties/verdicts.ts';
import { withChoice, withVersion } from '../shell/design-change.ts';
import { type Command, onWorkbench } from './command.ts';

/** For each property that is broken at this moment: why. */
export function failures(): readonly Command[] {
  const { records, cursor } = useWorkbench.getState();
  return verdicts({ records, cursor, ended: false, wholeTableSteps: false }).flatMap(
    ({ property, failure }) =>
      failure === null
        ? []
        : [
            {
              ...{ id: `why-${property.id}`, group: 'What fails', words: 'property violation' },
              title: `Why “${property.title}” fails`,
              run: onWorkbench(() => explain(property.id)),
            },
          ],
  );
}

/** Where the run has branches: to another one, or side by side with it. */
export function branches(): readonly Command[] {
  const { branches: all, branch: shown } = useWorkbench.getState();
  const group = 'Branches';
  const others = all.filter(({ id }) => id !== shown);
  return others.flatMap(({ id, name }): Command[] => [
    {
      ...{ id: `branch-${String(id)}`, group, title: `Show ${name}` },
      run: onWorkbench(() => void switchBranch(id)),
    },
    {
      ...{ id: `compare-${String(id)}`, group, title: `Compare with ${name}` },
      run: () => showScreen('compare', { with: `branch:${String(id)}` }),
    },
  ]);
}

/** The run anew in each version. */
export function designs(): readonly Command[] {
  const source = useWorkbench.getState().opened?.source;
  if (source === undefined) return [];
  return VERSIONS.map(({ id }) => ({
    ...{ id: `design-${id}`, group: 'Designs', title: `Design ${id}`, words: 'version' },
    run: onWorkbench(() => void changeDesign(withVersion(source, id))),
  }));
}

/** The run anew with one choice made otherwise, for each value that it has not now. */
export function choices(): readonly Command[] {
  const source = useWorkbench.getState().opened?.source;
  if (source === undefined) return [];
  const now = VERSIONS.find(({ id }) => id === source.version)?.design;
  const names = Object.keys(CHOICES) as Choice[];
  return names.flatMap((choice) => {
    const current = source.overrides[choice] ?? now?.[choice];
    const others = Object.keys(CHOICES[choice].values).filter((value) => value !== current);
    return others.map((value) => {
      const setting = `${choice}=${value}`;
      return {
        ...{ id: `set-${setting}`, group: 'Choices of the design', words: setting },
        title: settingInWords(setting),
        run: onWorkbench(() => void changeDesign(withChoice(source, choice, value))),
      };
    });
  });
}
