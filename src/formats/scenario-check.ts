import { VERSIONS, versionOf } from '../designs/versions.ts';
import { mostVas, type Shape, shapeLevels } from '../scenarios/small-world.ts';
import { problemsOfAction } from './scenario-check-action.ts';
import { levelIndex, pagesOf, type ProcessDocument, type ScenarioDocument } from './scenario-document.ts';
import { isWhole, LIMITS, type Problem, unless } from './scenario-problem.ts';

/** Everything that is wrong with a document; empty for one that can be run. Never throws. */
export function problemsOf(document: ScenarioDocument): readonly Problem[] {
  return [
    ...problemsOfWords(document),
    ...problemsOfMachine(document),
    ...problemsOfProcesses(document),
    ...problemsOfPages(document),
    ...problemsOfThreads(document),
    ...problemsOfSwitches(document),
  ];
}

function problemsOfWords({ title, about }: ScenarioDocument): readonly Problem[] {
  return [
    ...unless(title.trim() !== '', 'title', 'Give the scenario a title.'),
    ...unless(title.length <= LIMITS.title, 'title', `At most ${LIMITS.title} characters.`),
    ...unless(about.length <= LIMITS.about, 'about', `At most ${LIMITS.about} characters.`),
  ];
}

function problemsOfMachine({ nodes, cpus }: ScenarioDocument): readonly Problem[] {
  const last = nodes.length - 1;
  return [
    ...unless(
      isWhole(nodes.length, 2, LIMITS.nodes),
      'nodes',
      `Two to ${LIMITS.nodes} nodes: tables need somewhere to go.`,
    ),
    ...nodes.flatMap(({ freeTables }, node) =>
      unless(
        isWhole(freeTables, 0, LIMITS.freeTables),
        `nodes.${node}.freeTables`,
        `A whole number from 0 to ${LIMITS.freeTables}.`,
      ),
    ),
    ...unless(isWhole(cpus.length, 1, LIMITS.cpus), 'cpus', `One to ${LIMITS.cpus} CPUs.`),
    ...cpus.flatMap(({ node }, cpu) =>
      unless(isWhole(node, 0, last), `cpus.${cpu}.node`, `There is no node ${node}: choose 0 to ${last}.`),
    ),
  ];
}

function problemsOfProcesses({ process, second, cpus, geometry }: ScenarioDocument): readonly Problem[] {
  const first = problemsOfProcess('process', process, cpus.length);
  if (second === null) return first;
  const both = second.cpus.filter((cpu) => process.cpus.includes(cpu));
  const { maps } = second;
  const lowest = shapeLevels(geometry).length - 1;
  return [
    ...first,
    ...problemsOfProcess('second', second, cpus.length),
    ...unless(second.name !== process.name, 'second.name', 'The two processes need different names.'),
    ...unless(both.length === 0, 'second.cpus', `CPU${both.join(', CPU')} runs the first process already.`),
    ...unless(
      typeof maps === 'string' || isWhole(levelIndex(geometry, maps.sharedFrom), 1, lowest),
      'second.maps',
      'A table below the top one is shared: choose a level that this geometry has below its PGD.',
    ),
  ];
}

function problemsOfProcess(path: string, { name, cpus }: ProcessDocument, all: number): readonly Problem[] {
  return [
    ...problemsOfName(`${path}.name`, name),
    ...unless(
      cpus.every((cpu) => isWhole(cpu, 0, all - 1)) && new Set(cpus).size === cpus.length,
      `${path}.cpus`,
      'Each of the CPUs that run it must be there, and be named once.',
    ),
  ];
}

function problemsOfName(path: string, name: string): readonly Problem[] {
  return unless(
    /^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u.test(name) && name.length <= LIMITS.name,
    path,
    `A name of at most ${LIMITS.name} letters and digits.`,
  );
}

function problemsOfPages(document: ScenarioDocument): readonly Problem[] {
  const { vmas, geometry, nodes } = document;
  const pages = pagesOf(document);
  const most = mostVas(geometry);
  return [
    ...unless(
      isWhole(pages.length, 1, most),
      'vmas',
      `One to ${most} pages in all: that is what ${namesOf(geometry)} with two entries a table lead to.`,
    ),
    ...vmas.flatMap(({ pages: own }, vma) => [
      ...unless(own.length > 0, `vmas.${vma}.pages`, 'A vma without pages: add one, or remove the vma.'),
      ...own.flatMap(({ present, dirty, node }, page) => [
        ...unless(
          isWhole(node, 0, nodes.length - 1),
          `vmas.${vma}.pages.${page}.node`,
          `There is no node ${node}.`,
        ),
        ...unless(
          present || !dirty,
          `vmas.${vma}.pages.${page}.dirty`,
          'What is not mapped cannot be dirty.',
        ),
      ]),
    ]),
  ];
}

const namesOf = (geometry: Shape): string =>
  shapeLevels(geometry)
    .slice(-3)
    .map(({ name }) => name)
    .join(', ');

function problemsOfThreads(document: ScenarioDocument): readonly Problem[] {
  const { threads, cpus, second } = document;
  const processes = second === null ? 1 : 2;
  return [
    ...unless(threads.length > 0, 'threads', 'Nobody does anything yet: add a thread.'),
    ...threads.flatMap(({ cpu, name, process, actions }, i) => {
      const path = `threads.${i}`;
      const before = threads.slice(0, i).some((other) => other.cpu === cpu);
      const isThere = isWhole(process, 0, processes - 1);
      return [
        ...unless(isWhole(cpu, 0, cpus.length - 1), `${path}.cpu`, `There is no CPU${cpu}.`),
        ...unless(!before, `${path}.cpu`, `CPU${cpu} has a thread already: one thread a CPU.`),
        ...problemsOfName(`${path}.name`, name),
        ...unless(isThere, `${path}.process`, 'There is no second process: choose the first.'),
        ...unless(
          isWhole(actions.length, 1, LIMITS.actions),
          `${path}.actions`,
          `One to ${LIMITS.actions} actions.`,
        ),
        ...(isThere ? actions.flatMap((_, action) => problemsOfAction(document, i, action)) : []),
      ];
    }),
  ];
}

function problemsOfSwitches({ speculation, cpus, opensWith }: ScenarioDocument): readonly Problem[] {
  return [
    ...unless(
      versionOf(opensWith.version) !== null,
      'opensWith.version',
      `There is no such version. There are: ${VERSIONS.map(({ id }) => id).join(', ')}.`,
    ),
    ...(speculation === null
      ? []
      : [
          ...unless(
            isWhole(speculation.cpu, 0, cpus.length - 1),
            'speculation.cpu',
            `There is no CPU${speculation.cpu}.`,
          ),
          ...unless(
            isWhole(speculation.walks, 1, LIMITS.walks),
            'speculation.walks',
            `One to ${LIMITS.walks} walks.`,
          ),
        ]),
  ];
}
