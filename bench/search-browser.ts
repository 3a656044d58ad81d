import type { Page } from 'playwright';
import { engineText, tablesObject } from '../src/explorer/engine.ts';
import { createMachine, createModel, type ModelSpec } from '../src/explorer/model.ts';
import { openBlobPage, workerText } from './blob-page.ts';
import type { BlobResult } from './search-blob.ts';

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
  const words = [...createMachine(createModel(spec)).words];
  const tables = Object.entries(tablesObject(spec)).map(
    ([name, values]) => [name, Array.from(values)] as const,
  );
  const code = `globalThis.limboBenchEngine=${text.text};\n${bundle}`;
  return page.evaluate(
    ({ code: source, job }) =>
      new Promise<BlobResult>((resolve, reject) => {
        const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
        const worker = new Worker(address, { type: 'module' });
        worker.onmessage = ({ data }: MessageEvent<BlobResult>) => {
          worker.terminate();
          resolve(data);
        };
        worker.onerror = (event) => reject(new Error(event.message));
        const { words: list, tables: entries, ...rest } = job;
        worker.postMessage({ ...rest, words: Int32Array.from(list), tables: Object.fromEntries(entries) });
      }),
    { code, job: { text: { ...text, text: '' }, words, tables } },
  );
}
