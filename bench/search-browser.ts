import { createServer } from 'node:http';
import { chromium, type Page } from 'playwright';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { findChromium } from '../e2e/chromium.ts';
import { engineText, tablesObject } from '../src/explorer/engine.ts';
import { createMachine, createModel, type ModelSpec } from '../src/explorer/model.ts';
import type { BlobResult } from './search-blob.ts';

/** The text of the worker, bundled as the page's own are. */
async function blobText(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL('./search-blob.ts', import.meta.url)), formats: ['es'] },
    },
  });
  const [first] = [made].flat();
  if (first === undefined || !('output' in first)) throw new Error('the worker was not built');
  return first.output[0].code;
}

/** Searches models in a blob worker of Chromium, one after the other, each in a fresh worker. */
export interface BrowserBench {
  readonly search: (spec: ModelSpec) => Promise<BlobResult & { readonly cpuSeconds: number }>;
  readonly close: () => Promise<void>;
}

export async function openBrowserBench(): Promise<BrowserBench> {
  const bundle = await blobText();
  const executablePath = findChromium();
  const args = ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run'];
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args,
  });
  const page = await browser.newPage();
  // tsx gives functions their names by a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  const { address, stop } = await serveEmptyPage();
  await page.goto(address);
  const close = async (): Promise<void> => {
    await browser.close();
    stop();
  };
  const cdp = await browser.newBrowserCDPSession();
  /** Seconds of the processor that the pages' processes have used. */
  const used = async (): Promise<number> => {
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === 'renderer' ? cpuTime : 0), 0);
  };
  const search: BrowserBench['search'] = async (spec) => {
    const before = await used();
    const result = await searchIn(page, bundle, spec);
    return { ...result, cpuSeconds: (await used()) - before };
  };
  return { search, close };
}

/** A blob worker needs a page with an origin. */
function serveEmptyPage(): Promise<{ readonly address: string; readonly stop: () => void }> {
  const server = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html').end('<title>bench</title>');
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
      resolve({ address: `http://127.0.0.1:${String(port)}/`, stop: () => server.close() });
    });
  });
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
