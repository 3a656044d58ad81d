import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { BenchSubject } from './search-subjects.ts';

/** What a search in Node took: by the clock, and of the processor, all threads counted. */
export interface NodeRun {
  readonly states: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const FOLDER = new URL('../node_modules/.cache/limbo-bench/', import.meta.url);

/**
 * A search in a process that has done nothing else: what a bench has loaded before (a bundler, a browser's driver) costs a search a third of its speed. Like
 * the page's worker it is bundled before: the loader of TypeScript, which `npm run search` has, goes on compiling itself into the first
 * tenth of a second of the search (5% of a million states). Throws when it fails.
 */
export function searchInNode({ size }: BenchSubject, cores: number): NodeRun {
  const args = [bundled(), String(size), String(cores)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (!stdout.startsWith('{')) throw new Error(`a search in Node of its own failed: ${stderr}`);
  return JSON.parse(stdout) as NodeRun;
}

/** The bundle of `search-alone.ts`, where imports that are left find their packages. Gives its path. */
function bundled(): string {
  const outfile = fileURLToPath(new URL('search-alone.mjs', FOLDER));
  buildSync({
    entryPoints: [fileURLToPath(new URL('search-alone.ts', import.meta.url))],
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' },
    // Threads are bundled by the search itself, which looks for their texts beside its own.
    define: {
      'import.meta.url': JSON.stringify(new URL('../src/cli/run-together.ts', import.meta.url).href),
    },
  });
  return outfile;
}
