import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHandler, handle } from '../src/worker/handler.ts';
import type { Moment } from '../src/worker/moment-messages.ts';
import type { Request } from '../src/worker/protocol.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { chooseFile, openWorkbench, position, press } from './workbench.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

test('a capture made now from a live process opens, and its tables are relocated', async ({ page }) => {
  test.skip(process.platform !== 'linux', 'Captures are read from /proc, which only Linux has.');
  const live = spawn('sleep', ['60'], { stdio: 'ignore' });
  const file = join(mkdtempSync(join(tmpdir(), 'limbo-')), 'sleep.limbo.json');
  try {
    const command = ['--import', 'tsx', 'src/cli/capture.ts', String(live.pid), '-o', file];
    execFileSync(process.execPath, command, { cwd: root, stdio: 'ignore' });
  } finally {
    live.kill();
  }
  await openWorkbench(page);
  await chooseFile(page, file);
  await page.getByRole('button', { name: /^Relocate \d+ tables$/ }).click();
  await untilIdle(page);
  await press(page, 'ArrowRight', 5);
  await expect(position(page)).toHaveText('step 5 of 5');
});

const source = {
  kind: 'scenario',
  scenario: 'tree',
  version: '2008-05-09',
  overrides: { nodeTest: 'pointee' },
} as const;
const opening: Request = { do: 'open', source, schedule: [], cursor: 0 };
const running: Request = { do: 'run', seed: 7, steps: 10_000 };

test('one seed gives the same states in Node and in the worker of the page', async ({ page }) => {
  await openWorkbench(page);
  // The page starts it from a blob, which has no lasting address: this is the module that the blob imports.
  const name = readdirSync(join(root, 'dist/assets')).find((file) => /^worker-.*\.js$/.test(file));
  if (name === undefined) throw new Error('the build has no worker');
  const address = new URL(`assets/${name}`, page.url()).href;
  const inWorker = await page.evaluate(
    async ({ url, requests }) => {
      const worker = new Worker(url, { type: 'module' });
      const changes: number[][] = [];
      for (const [id, request] of requests.entries()) {
        const moment = await new Promise<Pick<Moment, 'written'> & { kind: string }>((resolve) => {
          worker.onmessage = ({
            data,
          }: MessageEvent<{ answer: Pick<Moment, 'written'> & { kind: string } }>) => {
            if (data.answer.kind !== 'progress') resolve(data.answer);
          };
          worker.postMessage({ id, request });
        });
        if (moment.kind === 'moment') changes.push([...moment.written.chunks], [...moment.written.values]);
      }
      worker.terminate();
      return changes;
    },
    { url: address, requests: [opening, running] },
  );
  const handler = createHandler();
  const yielding = { id: 1, report: () => undefined, pause: () => Promise.resolve() };
  await handle(handler, opening, yielding);
  const moment = (await handle(handler, running, yielding)) as Moment;
  expect(moment.length).toBeGreaterThan(100);
  expect(inWorker).toEqual([[...moment.written.chunks], [...moment.written.values]]);
});
