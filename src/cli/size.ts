/** `npm run size`: what a first visit must download before the page runs, gzipped, against its budget. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const budgetBytes = 250_000;

const Chunk = v.object({
  file: v.string(),
  isEntry: v.optional(v.boolean()),
  imports: v.optional(v.array(v.string()), []),
});
type Manifest = Readonly<Record<string, v.InferOutput<typeof Chunk>>>;

function readManifest(): Manifest {
  const path = join(dist, '.vite/manifest.json');
  if (!existsSync(path)) throw new Error('there is no build to measure: npm run build');
  return v.parse(v.record(v.string(), Chunk), JSON.parse(readFileSync(path, 'utf8')));
}

/** The entry and all that it imports statically. */
function firstChunks(manifest: Manifest): Set<string> {
  const files = new Set<string>();
  const visit = (chunk: Manifest[string]) => {
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const key of chunk.imports) {
      const imported = manifest[key];
      if (imported) visit(imported);
    }
  };
  for (const chunk of Object.values(manifest)) if (chunk.isEntry) visit(chunk);
  return files;
}

/** What a script imports before it runs; what it fetches later is no part of the first load. */
const STATIC_IMPORT = /(?:\bimport|\bfrom)\s*["']\.\/([^"']+)["']/g;

/** Names of the scripts that one asks for at once. The page names its workers; workers name theirs in imports. */
function namedIn(text: string, isPage: boolean, others: readonly string[]): readonly string[] {
  const imported = new Set([...text.matchAll(STATIC_IMPORT)].map(([, name]) => name));
  return others.filter((other) => (isPage ? text.includes(basename(other)) : imported.has(basename(other))));
}

/** Workers are not in the manifest: they are the scripts outside it that a file of the first load names. */
function withWorkers(files: Set<string>, manifest: Manifest): Set<string> {
  const known = new Set(Object.values(manifest).map(({ file }) => file));
  const others = readdirSync(join(dist, 'assets'))
    .map((name) => `assets/${name}`)
    .filter((file) => file.endsWith('.js') && !known.has(file));
  const all = new Set(files);
  for (const file of all) {
    const text = readFileSync(join(dist, file), 'utf8');
    for (const other of namedIn(text, known.has(file), others)) all.add(other);
  }
  return all;
}

function main(): void {
  const manifest = readManifest();
  const files = [...withWorkers(firstChunks(manifest), manifest)].filter((file) => file.endsWith('.js'));
  if (files.length === 0) throw new Error('the build has no entry script to measure');
  const sizes = files.map((file) => ({ file, gzipBytes: gzipSync(readFileSync(join(dist, file))).length }));
  const totalBytes = sizes.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  for (const { file, gzipBytes } of sizes)
    console.log(`${(gzipBytes / 1000).toFixed(1).padStart(7)} kB  ${file}`);
  console.log(
    `${(totalBytes / 1000).toFixed(1).padStart(7)} kB  of ${budgetBytes / 1000} kB for the first load`,
  );
  if (totalBytes > budgetBytes) throw new Error('the first load is over its budget');
}

try {
  main();
} catch (error) {
  console.error(`size: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
