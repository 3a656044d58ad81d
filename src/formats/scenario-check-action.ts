import { type ActionDocument, levelIndex, pagesOf, type ScenarioDocument } from './scenario-document.ts';
import { isWhole, LIMITS, type Problem, unless } from './scenario-problem.ts';

/** Pages that one PTE table of a small world maps. */
const PAGES_OF_A_TABLE = 2;

interface Asked {
  readonly document: ScenarioDocument;
  /** Of the action: `threads.0.actions.1`. */
  readonly path: string;
  readonly cpu: number;
  readonly process: number;
}

/** What is wrong with one action of a thread whose process is there. */
export function problemsOfAction(
  document: ScenarioDocument,
  threadIndex: number,
  index: number,
): readonly Problem[] {
  const thread = document.threads[threadIndex];
  const action = thread?.actions[index];
  if (thread === undefined || action === undefined) return [];
  const path = `threads.${threadIndex}.actions.${index}`;
  return problemsOfOne({ document, path, cpu: thread.cpu, process: thread.process }, action);
}

function problemsOfOne(asked: Asked, action: ActionDocument): readonly Problem[] {
  switch (action.do) {
    case 'access':
      return [...runsHere(asked), ...hasVa(asked, 'va', action.va)];
    case 'kernel-thread':
      return runsHere(asked);
    case 'relocate-mm':
      return problemsOfMove(asked, action.from, action.to);
    case 'relocate':
      return problemsOfTables(asked, action);
    case 'reclaim': {
      const page = action.pageOf ?? action.va;
      return [...hasVa(asked, 'va', action.va), ...hasVa(asked, 'pageOf', page), ...isMapped(asked, page)];
    }
    case 'migrate-collect':
    case 'madvise':
      return [...hasVa(asked, 'va', action.va), ...isMapped(asked, action.va)];
    case 'mremap':
      return problemsOfMremap(asked, action);
    case 'munmap':
      return problemsOfMunmap(asked, action.vas);
    case 'fork':
      return problemsOfFork(asked, action.vas);
  }
}

/** Only a CPU whose CR3 leads to the process can use its addresses. */
function runsHere({ document, path, cpu, process }: Asked): readonly Problem[] {
  const its = process === 0 ? document.process : document.second;
  return unless(
    its?.cpus.includes(cpu) ?? false,
    `${path}.do`,
    `CPU${cpu} does not run “${its?.name ?? ''}” at the start. Tick it at the process, or give this to another CPU.`,
  );
}

function hasVa({ document, path }: Asked, field: string, va: number): readonly Problem[] {
  return unless(
    isWhole(va, 0, pagesOf(document).length - 1),
    `${path}.${field}`,
    `There is no va${va}: add a page to a vma, or choose another.`,
  );
}

function isMapped({ document, path, process }: Asked, va: number): readonly Problem[] {
  const mapsNothing = process === 1 && document.second?.maps === 'nothing';
  return unless(
    !mapsNothing && pagesOf(document)[va]?.present !== false,
    `${path}.va`,
    `va${va} has no page at the start: there is nothing to take away. Map it, or choose another.`,
  );
}

function hasNode({ document, path }: Asked, field: string, node: number): readonly Problem[] {
  return unless(isWhole(node, 0, document.nodes.length - 1), `${path}.${field}`, `There is no node ${node}.`);
}

function problemsOfMove(asked: Asked, from: number, to: number): readonly Problem[] {
  return [
    ...hasNode(asked, 'from', from),
    ...hasNode(asked, 'to', to),
    ...unless(from !== to, `${asked.path}.to`, 'The tables are there already: choose another node.'),
  ];
}

function problemsOfTables(
  asked: Asked,
  { to, tables }: Extract<ActionDocument, { do: 'relocate' }>,
): readonly Problem[] {
  const { document, path } = asked;
  return [
    ...hasNode(asked, 'to', to),
    ...unless(
      isWhole(tables.length, 1, LIMITS.tables),
      `${path}.tables`,
      `Name one to ${LIMITS.tables} tables.`,
    ),
    ...tables.flatMap(({ level, va }, i) => [
      ...unless(
        levelIndex(document.geometry, level) >= 0,
        `${path}.tables.${i}.level`,
        `This geometry has no ${level} table.`,
      ),
      ...hasVa(asked, `tables.${i}.va`, va),
    ]),
  ];
}

function problemsOfMremap(
  asked: Asked,
  { from, to }: Extract<ActionDocument, { do: 'mremap' }>,
): readonly Problem[] {
  const isEmpty = pagesOf(asked.document)[to]?.present === false;
  return [
    ...hasVa(asked, 'from', from),
    ...hasVa(asked, 'to', to),
    ...unless(from !== to, `${asked.path}.to`, 'It is there already: choose another va.'),
    ...unless(from === to || isEmpty, `${asked.path}.to`, `va${to} must be empty at the start.`),
  ];
}

const tableOf = (va: number): number => Math.floor(va / PAGES_OF_A_TABLE);

function areOfOneTable({ document, path }: Asked, vas: readonly number[]): readonly Problem[] {
  const [first = -1] = vas;
  const good = vas.every(
    (va) => isWhole(va, 0, pagesOf(document).length - 1) && tableOf(va) === tableOf(first),
  );
  return unless(
    vas.length > 0 && good && new Set(vas).size === vas.length,
    `${path}.vas`,
    'Choose vas of one PTE table: 0 and 1, or 2 and 3, and so on.',
  );
}

function problemsOfMunmap(asked: Asked, vas: readonly number[]): readonly Problem[] {
  const [first = -1] = vas;
  const all = pagesOf(asked.document).flatMap(({ present }, va) =>
    present && tableOf(va) === tableOf(first) ? [va] : [],
  );
  const problems = areOfOneTable(asked, vas);
  if (problems.length > 0) return problems;
  return unless(
    all.every((va) => vas.includes(va)),
    `${asked.path}.vas`,
    `The table is freed, so all that it maps goes: choose va${all.join(' and va')}.`,
  );
}

function problemsOfFork(asked: Asked, vas: readonly number[]): readonly Problem[] {
  const { document, path, process } = asked;
  return [
    ...unless(
      process === 0 && document.second?.maps === 'nothing',
      `${path}.do`,
      'A fork is from the first process to a second one that maps nothing yet: add it under Processes.',
    ),
    ...areOfOneTable(asked, vas),
  ];
}
