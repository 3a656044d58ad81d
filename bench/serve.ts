import { spawn } from 'node:child_process';

/** Starts the built page on a port of its own; gives its address and how to stop it. */
export function serve(port = 4190): Promise<{ readonly address: string; readonly stop: () => void }> {
  const server = spawn(process.execPath, ['--import', 'tsx', 'src/cli/start.ts', '--port', String(port)], {
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
