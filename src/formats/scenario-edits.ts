import { at } from '../lib/at.ts';
import { mostVas } from '../scenarios/small-world.ts';
import {
  type ActionDocument,
  type PageDocument,
  pagesOf,
  type ScenarioDocument,
  type ThreadDocument,
} from './scenario-document.ts';

/** A list with the item at `index` replaced; `undefined` takes it out. */
export function withItem<T>(list: readonly T[], index: number, item: T | undefined): readonly T[] {
  return list.flatMap((old, i) => (i !== index ? [old] : item === undefined ? [] : [item]));
}

/** A list with the item at `index` moved by one place, where there is room. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const to = index + by;
  if (to < 0 || to >= list.length) return list;
  const rest = withItem(list, index, undefined);
  return [...rest.slice(0, to), at(list, index), ...rest.slice(to)];
}

/** Changes the page of a va. */
export function withPage(
  { vmas }: ScenarioDocument,
  va: number,
  change: Partial<PageDocument>,
): Pick<ScenarioDocument, 'vmas'> {
  let first = 0;
  return {
    vmas: vmas.map((vma) => {
      const page = va - first;
      first += vma.pages.length;
      const old = vma.pages[page];
      return old === undefined
        ? vma
        : { ...vma, pages: withItem(vma.pages, page, tidy({ ...old, ...change })) };
    }),
  };
}

/** What is not mapped has no bits of its own. */
function tidy(page: PageDocument): PageDocument {
  return page.present ? page : { ...page, writable: true, dirty: false };
}

/** True when another page fits into the tables of the geometry. */
export function hasRoom(document: ScenarioDocument): boolean {
  return pagesOf(document).length < mostVas(document.geometry);
}

export const NEW_PAGE: PageDocument = { present: true, writable: true, dirty: false, node: 0 };

/** A thread for the first CPU that has none; null when all have one. */
export function newThread({ cpus, threads }: ScenarioDocument): ThreadDocument | null {
  const cpu = cpus.findIndex((_, number) => threads.every((thread) => thread.cpu !== number));
  if (cpu < 0) return null;
  return { cpu, name: 'thread', process: 0, actions: [{ do: 'access', va: 0, write: false }] };
}

/** An action of a kind, with the first choice in each of its fields. */
export function newAction(kind: ActionDocument['do']): ActionDocument {
  switch (kind) {
    case 'access':
      return { do: kind, va: 0, write: false };
    case 'relocate-mm':
      return { do: kind, from: 0, to: 1 };
    case 'relocate':
      return { do: kind, to: 1, tables: [{ level: 'PTE', va: 0 }] };
    case 'reclaim':
    case 'migrate-collect':
    case 'madvise':
      return { do: kind, va: 0 };
    case 'mremap':
      return { do: kind, from: 0, to: 1 };
    case 'munmap':
    case 'fork':
      return { do: kind, vas: [0, 1] };
    case 'kernel-thread':
      return { do: kind };
  }
}
