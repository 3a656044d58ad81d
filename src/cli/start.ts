/** `npm start`: builds the page when it is missing or older than its sources, serves it, and prints its address. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const buildInputs = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

/** Milliseconds since the epoch of the last change in a file or folder; a folder's own time tells of removed files. */
function lastChangeMs(path: string): number {
  if (/\.test\.tsx?$/.test(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => lastChangeMs(join(path, name))));
}

function isBuilt(): boolean {
  const built = join(root, 'dist/index.html');
  if (!existsSync(built)) return false;
  return buildInputs.every((input) => lastChangeMs(join(root, input)) <= statSync(built).mtimeMs);
}

function readOptions(): { readonly host: string; readonly port: number } {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '4173' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`--port takes 1 to 65535, not "${values.port}"`);
  return { host: values.host, port };
}

async function start(): Promise<void> {
  const options = readOptions();
  if (!isBuilt()) {
    console.log('Building Limbo ...');
    await build({ root, logLevel: 'warn' });
  }
  const server = await preview({ root, logLevel: 'warn', preview: options });
  const address = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0];
  if (address === undefined) throw new Error(`nothing answers at ${options.host}`);
  console.log(`Limbo is at ${address} (Ctrl+C stops it)`);
}

try {
  await start();
} catch (error) {
  console.error(`Limbo did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
