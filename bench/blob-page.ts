/** Blob workers in Chromium, as the page's own workers are: for benches. */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { build } from 'vite';
import { launchChromium } from './launch.ts';

/** The text of a worker of this folder, bundled as the page's own are. */
export async function workerText(file: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL(file, import.meta.url)), formats: ['es'] },
    },
  });
  const [first] = [made].flat();
  if (first === undefined || !('output' in first)) throw new Error('the worker was not built');
  return first.output[0].code;
}

export interface BlobPage {
  readonly page: Page;
  /** Seconds of the processor that the pages' processes have used. */
  readonly used: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** An empty page with an origin, which a blob worker needs. */
export async function openBlobPage(): Promise<BlobPage> {
  const browser = await launchChromium();
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
  const used = async (): Promise<number> => {
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === 'renderer' ? cpuTime : 0), 0);
  };
  return { page, used, close };
}

/** What a fresh worker of this text answers to a job, which is plain data. */
export function answerOf<Answer>(page: Page, text: string, job: object | string): Promise<Answer> {
  return page.evaluate(
    ({ source, asked }) =>
      new Promise<Answer>((resolve, reject) => {
        const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
        const worker = new Worker(address, { type: 'module' });
        worker.onmessage = ({ data }: MessageEvent<Answer>) => {
          worker.terminate();
          resolve(data);
        };
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage(asked);
      }),
    { source: text, asked: job },
  );
}

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
