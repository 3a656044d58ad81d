import { at } from '../lib/at.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { scenarioOf } from '../scenarios/scenarios.ts';
import type { Action, ThreadScript } from '../scenarios/script.ts';
import {
  type Shape,
  shapeLevels,
  type SmallVa,
  type SmallWorld,
  tablePoolName,
} from '../scenarios/small-world.ts';
import type {
  ActionDocument,
  PageDocument,
  ScenarioDocument,
  ScenarioRef,
  SecondMaps,
  TableDocument,
  ThreadDocument,
  VmaDocument,
} from './scenario-document.ts';

/** How links and files name a scenario: by its id, or in full where this program has none of that id. */
export function refOfScenario(scenario: Scenario): ScenarioRef {
  if (scenarioOf(scenario.id) !== null) return scenario.id;
  return documentOfScenario(scenario) ?? scenario.id;
}

/** The document of a scenario, to be changed and kept; null for one that a document cannot say (a real process). */
export function documentOfScenario(scenario: Scenario): ScenarioDocument | null {
  const { description, title, about, switches, opensWith, world } = scenario;
  if (description === null || description.vas.some(({ old, huge }) => old === true || huge === true))
    return null;
  const threads = scenario.threads.map((thread) => threadOf(description.shape, thread));
  if (!threads.every((thread) => thread !== null)) return null;
  return {
    title,
    about,
    geometry: description.shape,
    nodes: [description.spareTables ?? 0, description.destination, ...(description.furtherNodes ?? [])].map(
      (freeTables) => ({ freeTables }),
    ),
    cpus: world.cpuNodes.map((node) => ({ node })),
    process: { name: at(world.mms, 0).name, cpus: description.running },
    second: secondOf(description),
    vmas: vmasOf(description.vas),
    threads,
    splitLocks: description.splitLocks ?? true,
    allocationSleeps: switches.allocationSleeps,
    speculation: switches.speculation,
    opensWith,
  };
}

function secondOf({ shape, second }: SmallWorld): ScenarioDocument['second'] {
  if (second === undefined) return null;
  const { names, running, maps } = second;
  const said: SecondMaps =
    typeof maps === 'string' ? maps : { sharedFrom: at(shapeLevels(shape), maps.sharedFrom).name };
  return { name: names[1], cpus: running, maps: said };
}

/** Neighbours of the same kind of mapping are one vma. */
function vmasOf(vas: readonly SmallVa[]): readonly VmaDocument[] {
  const vmas: { mapping: VmaDocument['mapping']; pages: PageDocument[] }[] = [];
  for (const va of vas) {
    const mapping = va.privateMapping === true ? 'private' : 'shared';
    const last = vmas.at(-1);
    if (last?.mapping === mapping) last.pages.push(pageOf(va));
    else vmas.push({ mapping, pages: [pageOf(va)] });
  }
  return vmas;
}

function pageOf({ empty = false, readOnly = false, dirty = false, node = 0 }: SmallVa): PageDocument {
  return { present: !empty, writable: !readOnly, dirty, node };
}

function threadOf(shape: Shape, { cpu, name, mm, actions }: ThreadScript): ThreadDocument | null {
  const said = actions.map((action) => actionOf(shape, action, mm));
  return said.every((action) => action !== null) ? { cpu, name, process: mm, actions: said } : null;
}

const nodeOfPool = (pool: string): number => [0, 1, 2, 3].findIndex((node) => tablePoolName(node) === pool);

function actionOf(shape: Shape, action: Action, mm: number): ActionDocument | null {
  switch (action.do) {
    case 'access':
      return action;
    case 'relocate-mm':
      return { do: 'relocate-mm', from: action.source, to: nodeOfPool(action.pool) };
    case 'relocate': {
      const tables = action.tables.map((table): TableDocument => {
        if (table === 'top') return { level: 'PGD', va: 0 };
        return { level: at(shapeLevels(shape), table.level).name, va: table.va };
      });
      return { do: 'relocate', to: nodeOfPool(action.pool), tables };
    }
    case 'reclaim':
      if (action.mm !== mm) return null;
      return { do: 'reclaim', va: action.va, ...(action.pageOf !== undefined && { pageOf: action.pageOf }) };
    case 'migrate-collect':
    case 'madvise':
      return { do: action.do, va: action.va };
    case 'mremap':
      return { do: 'mremap', from: action.from, to: action.to };
    case 'munmap':
      return { do: 'munmap', vas: action.vas };
    case 'fork':
      return { do: 'fork', vas: action.vas };
    case 'kernel-thread':
      return { do: 'kernel-thread' };
    default:
      return null;
  }
}
