import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Plugin } from 'vite';

const source = fileURLToPath(new URL('../worker/service-worker.ts', import.meta.url));
/** Pictures of the README, and what only tools read. */
const notForThePage = /^(limbo\.png|\.vite\/.*|sw\.js)$/;

/** The files of a build that a page without a network needs, `./` first. */
function filesOf(dist: string): readonly string[] {
  const all = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(dist.length + 1)
        .replaceAll('\\', '/'),
    );
  return ['./', ...all.filter((file) => !notForThePage.test(file) && file !== 'index.html').toSorted()];
}

function hashOf(dist: string, files: readonly string[]): string {
  const hash = createHash('sha256').update(readFileSync(source));
  for (const file of files)
    hash.update(file).update(readFileSync(join(dist, file === './' ? 'index.html' : file)));
  return hash.digest('hex').slice(0, 16);
}

/** Writes `sw.js` into the finished build: the service worker, with the list of files that it keeps and their hash. */
export function offlineWorker(): Plugin {
  let dist = '';
  return {
    name: 'offline-worker',
    apply: 'build',
    configResolved({ root, build }) {
      dist = resolve(root, build.outDir);
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const files = filesOf(dist);
        const head = `const FILES = ${JSON.stringify(files)};\nconst VERSION = ${JSON.stringify(hashOf(dist, files))};\n`;
        const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
          compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
        });
        writeFileSync(join(dist, 'sw.js'), head + outputText);
      },
    },
  };
}
