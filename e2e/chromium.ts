import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome'];
const installTimeoutMs = 10 * 60_000;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Where the browser for the tests is: `CHROMIUM_PATH`, else Playwright's own, else the system's; `undefined` when there
 * is none. Throws when `CHROMIUM_PATH` names something that cannot be run.
 */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (!isExecutable(named)) throw new Error(`CHROMIUM_PATH is ${named}, which is not a program`);
    return named;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/bin');
  const system = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [chromium.executablePath(), ...system].find(isExecutable);
}

function runs(path: string | undefined): path is string {
  if (path === undefined) return false;
  try {
    execFileSync(path, ['--version'], { stdio: 'ignore', timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

function attempt(command: string, ...args: readonly string[]): void {
  console.log(`$ ${command} ${args.join(' ')}`);
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: installTimeoutMs, env });
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
  }
}

function installFromDebian(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  attempt('apt-get', 'update', '-q');
  attempt('apt-get', 'install', '-q', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
}

/**
 * A browser that starts, installed if need be: by apt as root on Debian (it brings the libraries along), else by
 * Playwright. Throws, in words, when there is none in the end.
 */
function ensureChromium(): string {
  const installs = [installFromDebian, () => attempt('npx', 'playwright', 'install', 'chromium')];
  for (const install of [undefined, ...installs]) {
    install?.();
    const path = findChromium();
    if (runs(path)) return path;
  }
  throw new Error(
    'There is no Chromium for the browser tests, and none could be installed. ' +
      'Install one (Debian: apt-get install chromium fonts-dejavu-core), or set CHROMIUM_PATH.',
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(`Browser: ${ensureChromium()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
