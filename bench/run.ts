/** `npm run bench`: speed of the engine and of the page, on this machine, now. Nothing is asserted. */
import { spawn } from 'node:child_process';
import { benchBrowser } from './browser.ts';
import { benchNode } from './node.ts';

/** Starts the built page on a free port; gives its address and how to stop it. */
function serve(): Promise<{ readonly address: string; readonly stop: () => void }> {
  const server = spawn(process.execPath, ['--import', 'tsx', 'src/cli/start.ts', '--port', '4190'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    server.stdout.on('data', (chunk: Buffer) => {
      const address = /Limbo is at (\S+)/.exec(chunk.toString())?.[1];
      if (address !== undefined) resolve({ address, stop: () => server.kill() });
    });
    server.on('exit', () => {
      reject(new Error('the page could not be served'));
    });
  });
}

const node = benchNode();
const { address, stop } = await serve();
const page = await benchBrowser(address).finally(stop);
const nodeTree = node.engine[0]?.stepsPerSecond ?? NaN;
const workerToNode = Math.round((page.workerSteps / nodeTree) * 100) / 100;
console.log(JSON.stringify({ node, page, ratios: { workerToNode } }, null, 2));
