import { SCENARIOS } from '../../scenarios/scenarios.ts';
import { showDialog } from '../../store/dialogs.ts';
import { saveItf, saveScenario, saveTrace } from '../../store/exports.ts';
import { copyLink, saveRun } from '../../store/moment-link.ts';
import { setPanelHidden, SIDE_PANELS, usePanels } from '../../store/panels.ts';
import { jump, togglePlay } from '../../store/play.ts';
import { present } from '../../store/presenting.ts';
import { toggleCost } from '../../store/run-cost.ts';
import { showScreen } from '../../store/screens.ts';
import { setTheme, THEMES } from '../../store/theme.ts';
import {
  advance,
  back,
  moveLine,
  open,
  runActor,
  runOn,
  seek,
  step,
  useWorkbench,
} from '../../store/workbench.ts';
import { REPORTS } from '../reports/report-list.ts';
import { actorName } from '../shell/actor-name.ts';
import { type Command, onWorkbench } from './command.ts';
import { branches, choices, designs, failures } from './run-commands.ts';
import type { LessonEntry } from '../shell/screen-list.ts';

/** A screen as the header lists them. */
export interface NamedScreen {
  readonly id: string;
  readonly title: string;
}

/** Everything that can be done now, in the order in which it is listed. */
export function commandsNow(
  screens: readonly NamedScreen[],
  lessons: readonly LessonEntry[],
): readonly Command[] {
  return [
    ...failures(),
    ...moves(),
    ...branches(),
    ...shares(),
    ...screens.map(({ id, title }) => ({
      ...{ id: `screen-${id}`, group: 'Screens', title, words: 'go to screen' },
      run: () => showScreen(id),
    })),
    ...lessons.map(({ id, title, about, open: run }) => ({
      ...{ id: `lesson-${id}`, group: 'Lessons', title: `Lesson: ${title}`, words: `learn ${about}` },
      run,
    })),
    ...reports(),
    ...designs(),
    ...choices(),
    ...SCENARIOS.map(({ id, title, opensWith }) => ({
      ...{ id: `scenario-${id}`, group: 'Scenarios', title, words: id },
      run: onWorkbench(() => void open({ kind: 'scenario', scenario: id, ...opensWith })),
    })),
    ...looks(),
  ];
}

function moves(): readonly Command[] {
  const group = 'Moves';
  const { length, opened, choices } = useWorkbench.getState();
  const able = new Map(choices.filter(({ enabled }) => enabled).map((choice) => [choice.actor, choice]));
  const all: readonly (readonly [string, string, () => void, string?])[] = [
    ['step', 'Take the next step', () => void advance(), '→'],
    ['back', 'Step back', () => void back(), '←'],
    ['play', 'Play, or pause', togglePlay, 'Space'],
    ['start', 'To the start', () => void seek(0), 'Home'],
    ['end', 'To the last step taken', () => void seek(length), 'End'],
    ['run', 'Run until nobody can move', () => void runOn()],
    ['fails', 'Run until a property fails', () => void jump(1, 'violation'), 'F'],
    ['line-on', 'To the next line of the outer routine', () => void moveLine(1), 'Shift →'],
    ['line-back', 'Back by a line of the outer routine', () => void moveLine(-1), 'Shift ←'],
  ];
  const actors = [...able].flatMap(([actor, { label, move }]) => {
    const name = actorName(opened?.actors[actor]);
    return [
      {
        id: `step-${actor}`,
        group,
        title: `Step ${name}: ${label}`,
        run: onWorkbench(() => void step(actor, move)),
      },
      {
        id: `run-${actor}`,
        group,
        title: `Run ${name} until it cannot move`,
        run: onWorkbench(() => void runActor(actor)),
      },
    ];
  });
  const named = all.map(([id, title, run, key = '']) => ({ id, group, title, key, run: onWorkbench(run) }));
  return [...named, ...actors];
}

function shares(): readonly Command[] {
  const group = 'Run and files';
  const all: readonly (readonly [string, string, () => void, string?])[] = [
    ['search', 'Search all schedules…', () => showDialog('search'), 'find a race model check'],
    ['design', 'Change the design…', () => showDialog('design')],
    ['share', 'Share this moment…', () => showDialog('share')],
    ['recent', 'Recent runs…', () => showDialog('recent')],
    ['copy-link', 'Copy a link to this moment', () => void copyLink()],
    ['save-run', 'Save the run as a file', saveRun],
    ['save-scenario', 'Save the scenario as a file', saveScenario],
    ['save-itf', 'Save an ITF trace', saveItf],
    ['save-trace', 'Save trace events for Perfetto', saveTrace],
    ['help', 'Help and keys', () => showDialog('help')],
  ];
  return all.map(([id, title, run, words = '']) => ({ id, group, title, run, words }));
}

function reports(): readonly Command[] {
  return REPORTS.map(({ id, title, asks }) => ({
    ...{ id: `report-${id}`, group: 'Reports', title, words: asks },
    run: () => showScreen('reports', { report: id }),
  }));
}

const PANEL_WORDS = {
  threads: 'Threads',
  tlb: 'TLB and walk caches',
  memory: 'Memory of the nodes',
} as const;

function looks(): readonly Command[] {
  const { hidden } = usePanels.getState();
  const panels = SIDE_PANELS.map((panel) => {
    const isHidden = hidden.includes(panel);
    return {
      ...{ id: `panel-${panel}`, group: 'Views', words: 'panel' },
      title: `${isHidden ? 'Show' : 'Hide'} ${PANEL_WORDS[panel]}`,
      run: onWorkbench(() => setPanelHidden(panel, !isHidden)),
    };
  });
  const themes = THEMES.map((theme) => ({
    ...{ id: `theme-${theme}`, group: 'Views', title: `Theme: ${theme}`, words: 'colours dark light' },
    run: () => setTheme(theme),
  }));
  const presenting = {
    ...{ id: 'present', group: 'Views', title: 'Present on a projector', words: 'lecture full screen large' },
    run: () => present(),
  };
  const cost = {
    ...{
      id: 'cost',
      group: 'Views',
      title: 'What this run cost',
      words: 'references local remote ipis locks irqs',
    },
    run: onWorkbench(toggleCost),
  };
  return [presenting, cost, ...panels, ...themes];
}
