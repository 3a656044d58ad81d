import type { Page } from 'playwright';
import { engineText, tablesObject } from '../src/explorer/engine.ts';
import { firstWords } from '../src/explorer/first-words.ts';
import type { ModelSpec } from '../src/explorer/model.ts';
import { answerOf, openBlobPage, workerText } from './blob-page.ts';
import type { BlobJob, BlobResult } from './search-blob.ts';

/** Searches models in a blob worker of Chromium, one after the other, each in a fresh worker. */
export interface BrowserBench {
  readonly search: (spec: ModelSpec) => Promise<BlobResult & { readonly cpuSeconds: number }>;
  readonly close: () => Promise<void>;
}

export async function openBrowserBench(): Promise<BrowserBench> {
  const bundle = await workerText('./search-blob.ts');
  const { page, used, close } = await openBlobPage();
  const search: BrowserBench['search'] = async (spec) => {
    const before = await used();
    const result = await searchIn(page, bundle, spec);
    return { ...result, cpuSeconds: (await used()) - before };
  };
  return { search, close };
}

function searchIn(page: Page, bundle: string, spec: ModelSpec): Promise<BlobResult> {
  const text = engineText(spec);
  const words = [...firstWords(spec)];
  const tables = Object.entries(tablesObject(spec)).map(
    ([name, values]) => [name, Array.from(values)] as const,
  );
  const code = `globalThis.limboBenchEngine=${text.text};\n${bundle}`;
  const job: BlobJob = { text: { ...text, text: '' }, words, tables };
  return answerOf(page, code, job);
}
