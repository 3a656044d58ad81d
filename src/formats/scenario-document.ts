import type { Design } from '../kernel/design.ts';
import type { LevelName } from '../machine/geometry.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { scenarioOf } from '../scenarios/scenarios.ts';
import type { Action, ThreadScript } from '../scenarios/script.ts';
import {
  makeSmallWorld,
  type Shape,
  shapeLevels,
  type SmallVa,
  type SmallWorld,
  tablePoolName,
} from '../scenarios/small-world.ts';

/**
 * A scenario in the words of its author, as the editor changes it and files keep it. Pages are numbered over all vmas:
 * the first page of the first vma is va 0. Nodes, CPUs and vas count from 0.
 */
export interface ScenarioDocument {
  readonly title: string;
  readonly about: string;
  readonly geometry: Shape;
  /** Two to four; `freeTables` are frames for relocated tables (on node 0: beyond those that faults need). */
  readonly nodes: readonly { readonly freeTables: number }[];
  readonly cpus: readonly { readonly node: number }[];
  readonly process: ProcessDocument;
  readonly second: (ProcessDocument & { readonly maps: SecondMaps }) | null;
  readonly vmas: readonly VmaDocument[];
  readonly threads: readonly ThreadDocument[];
  readonly splitLocks: boolean;
  readonly allocationSleeps: boolean;
  readonly speculation: { readonly cpu: number; readonly walks: number } | null;
  readonly opensWith: { readonly version: string; readonly overrides: Partial<Design> };
}

export interface ProcessDocument {
  readonly name: string;
  /** CPUs that run it at the start. */
  readonly cpus: readonly number[];
}

/** What a second process maps: nothing yet, the same pages by tables of its own, or the first one's tables from a level down. */
export type SecondMaps = 'nothing' | 'pages' | { readonly sharedFrom: LevelName };

export interface VmaDocument {
  /** The pages of a file, or private ones, which are copied on a write after fork. */
  readonly mapping: 'shared' | 'private';
  readonly pages: readonly PageDocument[];
}

export interface PageDocument {
  readonly present: boolean;
  /** The entry has W. */
  readonly writable: boolean;
  readonly dirty: boolean;
  readonly node: number;
}

export interface ThreadDocument {
  readonly cpu: number;
  readonly name: string;
  /** 0, or 1 for the second process: whom it is a thread of, or works on. */
  readonly process: number;
  readonly actions: readonly ActionDocument[];
}

/** What a thread does; each on its own process. A fork is from there to the other process. */
export type ActionDocument =
  | { readonly do: 'access'; readonly va: number; readonly write: boolean }
  | { readonly do: 'relocate-mm'; readonly from: number; readonly to: number }
  | { readonly do: 'relocate'; readonly to: number; readonly tables: readonly TableDocument[] }
  /** Takes away the page that the va maps at the start; with `pageOf`, the page that started there and is here by then. */
  | { readonly do: 'reclaim'; readonly va: number; readonly pageOf?: number }
  | { readonly do: 'migrate-collect'; readonly va: number }
  | { readonly do: 'madvise'; readonly va: number }
  | { readonly do: 'mremap'; readonly from: number; readonly to: number }
  | { readonly do: 'munmap'; readonly vas: readonly number[] }
  | { readonly do: 'fork'; readonly vas: readonly number[] }
  | { readonly do: 'kernel-thread' };

/** The table of a level on the way to a va. */
export interface TableDocument {
  readonly level: LevelName;
  readonly va: number;
}

/** The id that a scenario of a document has; none of the program's own is called so. */
export const CUSTOM_ID = 'custom';

/** A scenario of this program by its id, or one in full. */
export type ScenarioRef = string | ScenarioDocument;

/** What a reference leads to; null where there is no such scenario. A document must have been checked. */
export function resolveScenario(ref: ScenarioRef): Scenario | null {
  return typeof ref === 'string' ? scenarioOf(ref) : scenarioOfDocument(ref);
}

/** How a scenario is called in a sentence: its id, or the title that its author gave it. */
export function scenarioName(ref: ScenarioRef): string {
  return typeof ref === 'string' ? ref : ref.title;
}

/** Where a level stands in a geometry, 0 = top; -1 when it has none of that name. */
export function levelIndex(geometry: Shape, name: LevelName): number {
  return shapeLevels(geometry).findIndex((level) => level.name === name);
}

/** The pages of a document in the order of their vas. */
export function pagesOf({ vmas }: ScenarioDocument): readonly PageDocument[] {
  return vmas.flatMap(({ pages }) => pages);
}

/** The scenario that a checked document describes. */
export function scenarioOfDocument(document: ScenarioDocument): Scenario {
  const { title, about, threads, allocationSleeps, speculation, opensWith } = document;
  const description = smallWorldOf(document);
  return {
    id: CUSTOM_ID,
    title,
    about,
    world: makeSmallWorld(description),
    description,
    threads: threads.map((thread) => scriptOf(document, thread)),
    switches: { allocationSleeps, speculation },
    sometimes: [],
    opensWith,
  };
}

function smallWorldOf(document: ScenarioDocument): SmallWorld {
  const { geometry, nodes, cpus, process, second, vmas, splitLocks } = document;
  const [first, destination, ...others] = nodes.map(({ freeTables }) => freeTables);
  const world: SmallWorld = {
    name: CUSTOM_ID,
    shape: geometry,
    vas: vmas.flatMap(({ mapping, pages }) => pages.map((page) => smallVa(page, mapping))),
    cpus: cpus.length,
    cpuNodes: cpus.map(({ node }) => node),
    running: process.cpus,
    mmName: process.name,
    splitLocks,
    destination: destination ?? 0,
    spareTables: first ?? 0,
    furtherNodes: others,
  };
  if (second === null) return world;
  const { maps } = second;
  const names = [process.name, second.name] as const;
  const shared = typeof maps === 'string' ? maps : { sharedFrom: levelIndex(geometry, maps.sharedFrom) };
  return { ...world, second: { names, running: second.cpus, maps: shared } };
}

function smallVa({ present, writable, dirty, node }: PageDocument, mapping: string): SmallVa {
  const privateMapping = mapping === 'private';
  return present ? { readOnly: !writable, dirty, node, privateMapping } : { empty: true, privateMapping };
}

function scriptOf(document: ScenarioDocument, { cpu, name, process, actions }: ThreadDocument): ThreadScript {
  return { cpu, name, mm: process, actions: actions.map((action) => actionOf(document, process, action)) };
}

function actionOf({ geometry }: ScenarioDocument, mm: number, action: ActionDocument): Action {
  switch (action.do) {
    case 'access':
      return action;
    case 'relocate-mm':
      return { do: 'relocate-mm', mm, source: action.from, pool: tablePoolName(action.to) };
    case 'relocate': {
      const tables = action.tables.map(({ level, va }) => {
        const index = levelIndex(geometry, level);
        return index === 0 ? 'top' : { level: index, va };
      });
      return { do: 'relocate', mm, pool: tablePoolName(action.to), tables };
    }
    case 'fork':
      return { do: 'fork', parent: mm, child: 1 - mm, vas: action.vas };
    case 'reclaim':
    case 'migrate-collect':
    case 'madvise':
    case 'mremap':
    case 'munmap':
    case 'kernel-thread':
      return { ...action, mm };
  }
}
